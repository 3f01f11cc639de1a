#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>

#include "server/app/app.hpp"
#include "server/app/failure.hpp"
#include "server/app/records.hpp"
#include "server/base/log.hpp"
#include "server/base/memory.hpp"

namespace fifteen::app {
namespace {

// Signals come to one thread that waits for them, so that no handler interrupts anything.
class Signals {
 public:
  explicit Signals(App& app)
      : thread_([&app] {
          const sigset_t set = ours();
          for (int signal = 0; sigwait(&set, &signal) == 0 && signal != SIGUSR2;)
            signal == SIGHUP ? app.reload() : app.stop();
        }) {}
  ~Signals() {
    pthread_kill(thread_.native_handle(), SIGUSR2);
    thread_.join();
  }

  // Every thread of the server inherits the mask, so it is set before the first of them begins.
  static void block() {
    const sigset_t set = ours();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Waits, before there is an App.
  static bool is_asked_to_end_within(std::chrono::seconds time) {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT}) sigaddset(&set, signal);
    const timespec limit{.tv_sec = time.count(), .tv_nsec = 0};
    return sigtimedwait(&set, nullptr, &limit) > 0;
  }

 private:
  static sigset_t ours() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR2}) sigaddset(&set, signal);
    return set;
  }

  std::thread thread_;
};

void check(const ServeOptions& options) {
  if (!options.http && !options.https && !options.smtp && !options.lmtp)
    throw Failure(Exit::usage, "nothing to serve; give at least one of --http, --https, --smtp, --lmtp");
  if (options.tls_certificate.empty() != options.tls_key.empty())
    throw Failure(Exit::usage, "--tls-cert and --tls-key belong together");
  if (options.https && options.tls_certificate.empty())
    throw Failure(Exit::usage, "--https needs --tls-cert and --tls-key");
}

// After a reboot of both the desk may start before its database. A folder that has never served has no time to wait:
// more likely the address is wrong. None: asked to end meanwhile.
std::unique_ptr<App> start(const Program& program, const ServeOptions& options) {
  using namespace std::chrono_literals;
  const bool may_wait = !program.global.database.empty() && std::filesystem::exists(spool_file(program.global));
  const auto give_up_at = std::chrono::steady_clock::now() + 120s;
  for (auto pause = 1s;; pause = std::min(pause * 2, 8s)) {
    try {
      return std::make_unique<App>(program.global, options, program.clock);
    } catch (const store::DatabaseError& error) {
      if (!error.is_outage() || !may_wait || std::chrono::steady_clock::now() + pause > give_up_at) throw;
      log::warning("database_away", {{"error", error.what()}, {"again_in_s", pause.count()}});
    }
    if (Signals::is_asked_to_end_within(pause)) return nullptr;
  }
}

void serve(const Program& program, const ServeOptions& options) {
  keep_little_freed_memory();
  check(options);
  Signals::block();
  const auto app = start(program, options);
  if (!app) return;
  const Signals signals(*app);
  for (const std::string& line : app->listening()) std::cout << "listening " << line << std::endl;
  app->run();
}

}  // namespace

void add_serve(Program& program) {
  auto* command = program.line.add_subcommand("serve", "Run the help desk");
  const auto options = std::make_shared<ServeOptions>();
  command->add_option("--http", options->http, "Web pages and API")->type_name("ADDR:PORT");
  command->add_option("--https", options->https, "The same, encrypted")->type_name("ADDR:PORT");
  command->add_option("--smtp", options->smtp, "Takes mail by SMTP")->type_name("ADDR:PORT");
  command->add_option("--lmtp", options->lmtp, "Takes mail by LMTP")->type_name("ADDR:PORT|unix:PATH");
  command->add_option("--tls-cert", options->tls_certificate, "Certificate chain, for --https and STARTTLS")
      ->type_name("FILE");
  command->add_option("--tls-key", options->tls_key, "Its key")->type_name("FILE");
  command
      ->add_option("--relay", options->relay,
                   "Where mail goes out: smtp://, smtp+tls:// or smtps://[user:password@]host[:port]")
      ->type_name("URL");
  command->add_option("--public-url", options->public_url, "How people reach the desk, for links in mail")
      ->type_name("URL");
  command->add_option("--trusted-proxy", options->trusted_proxies, "Whose X-Forwarded-For is believed")
      ->type_name("CIDR")
      ->delimiter(',');
  command->add_option("--may-call", options->may_call, "Internal networks that webhooks and calendars may reach")
      ->type_name("CIDR")
      ->delimiter(',');
  command->callback([&program, options] { program.run = [&program, options] { serve(program, *options); }; });
}

}  // namespace fifteen::app
