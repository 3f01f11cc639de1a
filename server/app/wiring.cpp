#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <unistd.h>

#include "mail/relay.hpp"
#include "server/app/failure.hpp"
#include "server/app/parts.hpp"
#include "server/app/records.hpp"
#include "server/base/embedded.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/tickets/intake.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/jobs/deflection_keeper.hpp"
#include "server/jobs/digests.hpp"
#include "server/jobs/erasing.hpp"
#include "server/jobs/hours_keeper.hpp"
#include "server/jobs/housekeeping.hpp"
#include "server/jobs/idea_news.hpp"
#include "server/jobs/list_writer.hpp"
#include "server/jobs/response_watch.hpp"
#include "server/jobs/view_writer.hpp"
#include "server/jobs/wait_fold.hpp"
#include "server/store/migrate.hpp"

namespace fifteen::app {
namespace {

store::DatabaseOptions ready_records(const GlobalOptions& global) {
  store::DatabaseOptions options = records_of(global);
  store::migrate(options);
  options.longest_silence = std::chrono::seconds(7);  // people wait
  return options;
}

std::string this_host() {
  char name[256] = "localhost";
  gethostname(name, sizeof name - 1);
  return name;
}

// The host in "https://help.example.org/x", as the name that we greet other mail servers with.
std::string greeting_name(const std::string& public_url) {
  const auto start = public_url.find("://");
  if (start == std::string::npos) return this_host();
  const std::string host = public_url.substr(start + 3);
  return host.substr(0, host.find_first_of(":/"));
}

// What links begin with; empty: nobody has said.
std::string site_of(const ServeOptions& options) {
  std::string site = options.public_url;
  while (site.ends_with('/')) site.pop_back();
  return site;
}

http::TrustedProxies proxies_of(const ServeOptions& options) {
  auto proxies = http::TrustedProxies::parse(options.trusted_proxies);
  if (proxies.has_error())
    throw Failure(Exit::usage, "--trusted-proxy wants addresses or blocks like 10.0.0.0/8, ::1, or unix");
  return *proxies;
}

WebClient web_of(const ServeOptions& options) {
  auto networks = AddressBlocks::parse(options.may_call);
  if (!networks) throw Failure(Exit::usage, "--may-call wants addresses or blocks like 10.0.0.0/8 or ::1");
  return WebClient(std::move(*networks));
}

std::optional<mail::Relay> relay_of(const ServeOptions& options) {
  if (options.relay.empty()) return {};
  auto relay = mail::parse_relay(options.relay);
  if (!relay) throw Failure(Exit::usage, "--relay: " + relay.error());
  return *relay;
}

// The same after a restart: who leases mail and webhooks.
std::string node_name(const GlobalOptions& global) {
  std::string name = this_host() + ":" + std::filesystem::absolute(global.data).string();
  if (name.size() > 60) name.erase(0, name.size() - 60);
  return name;
}

outbox::OutboxSettings outbox_settings(const ServeOptions& options, const GlobalOptions& global) {
  outbox::OutboxSettings settings;
  settings.owner = node_name(global);
  settings.relay = relay_of(options);
  settings.smtp.host_name = greeting_name(options.public_url);
  return settings;
}

}  // namespace

App::Parts::Parts(const GlobalOptions& global, const ServeOptions& given, const Clock& the_clock)
    : options(given),
      clock(the_clock),
      lock(data_folder(global)),
      records(ready_records(global)),
      spool(spool_file(global)),
      web(web_of(options)),
      reader(index_folder(global)),
      index_feed(records, index_folder(global)),
      learning(records, index_folder(global), suggester, clock),
      assets(embedded_web()),
      pages(embedded_templates(), embedded_locales(), assets),
      hub(loop.get_executor(), records, clock),
      public_hub(loop.get_executor(), records, clock),
      site(records, passwords, clock, setup),
      connections(site, {}, {}),
      mailboxes(spool),
      mail_intake(loop.get_executor(), spool, records, reading, clock, desk::receive_mails, &suggester),
      outbox(loop.get_executor(), records, clock, outbox_settings(options, global),
             {desk::reply_bounced, desk::delivery_changed}),
      webhooks(loop.get_executor(), records, clock, web, node_name(global)) {
  fill_setup();
  wake_on_commit();
  add_jobs();
  open_doors();
  follow_answers();
}

// What the web part is told of the rest.
void App::Parts::fill_setup() {
  // Reading pages sign with it, and can't make it.
  records.write_now([](store::Session& sql) { desk::signing_key(sql); });
  setup.public_url = site_of(options);
  if (!setup.public_url.empty())
    records.write_now([&](store::Session& sql) { desk::keep_public_url(sql, setup.public_url); });
  setup.form_key = records.write_now(desk::signing_key);
  setup.proxies = proxies_of(options);
  setup.assets = &assets;
  setup.pages = &pages;
  setup.live = &hub;
  setup.public_live = &public_hub;
  setup.reader = &reader;
  setup.suggester = &suggester;
  setup.web = &web;
  setup.refused_mail = [this] { return refused.all(); };
  if (const auto relay = relay_of(options)) setup.relay = relay->shown();
}

// Commits wake what follows `events`. Called on a database thread, so the loop's parts are woken on the loop, once for
// many commits.
void App::Parts::wake_on_commit() {
  records.on_commit([this] {
    if (index_thread) index_thread->wake();
    if (wake_posted.exchange(true)) return;
    asio::post(loop, [this] {
      wake_posted = false;
      hub.wake();
      public_hub.wake();
      mailboxes_may_have_changed = true;
      outbox.wake();
    });
  });
}

// The index follows what is committed, and learning follows the index.
void App::Parts::follow_answers() {
  using std::chrono::milliseconds;
  constexpr milliseconds others_write_too{1000};
  learning_thread.emplace("learning", jobs::WokenThread::Rhythm{.gather = milliseconds(500), .look_around = {}},
                          [this](std::stop_token stop) { return result<milliseconds>(learning.learn(stop)); });
  index_feed.on_answers_changed([this] { learning_thread->wake(); });
  index_thread.emplace("search_index", jobs::WokenThread::Rhythm{.look_around = others_write_too},
                       [this](std::stop_token) -> result<milliseconds> {
                         const auto done = index_feed.catch_up();
                         if (done.has_error()) return done.error();
                         return milliseconds(0);
                       });
}

void App::Parts::add_jobs() {
  const auto on_loop = loop.get_executor();
  background["deflection"] = std::make_unique<jobs::DeflectionKeeper>(on_loop, records, clock, asking);
  background["digests"] = std::make_unique<jobs::Digests>(on_loop, records, clock, site_of(options));
  background["erasing"] = std::make_unique<jobs::Erasing>(on_loop, records, spool, clock, asking);
  background["housekeeping"] = std::make_unique<jobs::Housekeeping>(on_loop, records, clock);
  background["hours"] = std::make_unique<jobs::HoursKeeper>(on_loop, records, clock, web, asking);
  background["idea_news"] = std::make_unique<jobs::IdeaNews>(on_loop, records, clock);
  background["lists"] = std::make_unique<jobs::ListWriter>(on_loop, records, clock, setup.lists);
  background["response_watch"] = std::make_unique<jobs::ResponseWatch>(on_loop, records, clock, [this] { hub.wake(); });
  background["views"] = std::make_unique<jobs::ViewWriter>(on_loop, records, setup.views);
  background["wait_fold"] = std::make_unique<jobs::WaitFold>(on_loop, records);
}

void App::Parts::open_doors() {
  if (!options.tls_certificate.empty()) tls = TlsContext::server(options.tls_certificate, options.tls_key);
  if (options.http) open_web(*options.http, nullptr, "http");
  if (options.https) open_web(*options.https, tls, "https");
  if (options.smtp) open_mail(*options.smtp, false);
  if (options.lmtp) open_mail(*options.lmtp, true);
}

void App::Parts::open_web(const std::string& where, std::shared_ptr<TlsContext> with_tls, const std::string& name) {
  Listener& listener = listeners.emplace_back(loop.get_executor(), where);
  listening.push_back(name + " " + listener.address());
  if (!with_tls) {
    listener.start([this](std::unique_ptr<Stream> stream) { connections.serve(std::move(stream)); });
    return;
  }
  listener.start([this, with_tls](std::unique_ptr<Stream> stream) {
    const auto shake_hands = [](App::Parts* parts, std::shared_ptr<TlsContext> context,
                                std::unique_ptr<Stream> plain) -> asio::awaitable<void> {
      auto encrypted = co_await tls_accept(std::move(plain), context, std::chrono::seconds(10));
      if (encrypted.has_value()) parts->connections.serve(std::move(*encrypted));
    };
    // A handshake that fails is the peer's affair.
    asio::co_spawn(loop, shake_hands(this, with_tls, std::move(stream)), [](std::exception_ptr) {});
  });
}

void App::Parts::open_mail(const std::string& where, bool lmtp) {
  mail::SmtpListenerSettings settings;
  settings.where = where;
  settings.rules.lmtp = lmtp;
  settings.rules.host_name = greeting_name(options.public_url);
  settings.tls = tls;
  const std::string name = lmtp ? "lmtp" : "smtp";
  auto& door = mail_doors.emplace_back(loop.get_executor(), name, settings, spool, mailboxes, clock, refused,
                                       [this] { mail_intake.wake(); });
  listening.push_back(name + " " + door.address());
}

}  // namespace fifteen::app
