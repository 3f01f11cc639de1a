#pragma once
#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <optional>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <prometheus/registry.h>

#include "mail/relay.hpp"
#include "search/reader.hpp"
#include "search/suggest.hpp"
#include "server/app/app.hpp"
#include "server/app/folder_lock.hpp"
#include "server/app/mail_meter.hpp"
#include "server/base/blocking_pool.hpp"
#include "server/base/listen.hpp"
#include "server/base/tls.hpp"
#include "server/base/web_client.hpp"
#include "server/http/site.hpp"
#include "server/intake/mail_door.hpp"
#include "server/intake/mail_intake.hpp"
#include "server/jobs/index_feed.hpp"
#include "server/jobs/job.hpp"
#include "server/jobs/learning.hpp"
#include "server/jobs/woken_thread.hpp"
#include "server/live/hub.hpp"
#include "server/live/public_hub.hpp"
#include "server/outbox/outbox.hpp"
#include "server/outbox/webhooks.hpp"

namespace fifteen::app {

// Only app.cpp and wiring.cpp include this. The members stand in the order in which they are built; what a member
// borrows stands above it.
struct App::Parts {
  Parts(const GlobalOptions& global, const ServeOptions& options, const Clock& clock);
  ~Parts();

  void fill_setup();
  void open_doors();
  void open_web(const std::string& where, std::shared_ptr<TlsContext> tls, const std::string& name);
  void open_mail(const std::string& where, bool lmtp);
  void wake_on_commit();
  void add_jobs();
  void follow_answers();

  void run();
  // Runs a loop of the server; its failure ends the server.
  void spawn(std::string name, asio::awaitable<void> task);
  asio::awaitable<void> keep_mailboxes();
  asio::awaitable<void> drain();
  void end_when_idle();

  const ServeOptions options;
  const Clock& clock;
  const FolderLock lock;
  asio::io_context loop{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{loop.get_executor()};

  store::Database records;
  store::Spool spool;
  BlockingPool passwords{2, 64, "passwords"};
  BlockingPool reading{2, 256, "reading"};  // takes mails apart
  WebClient web;                            // asks other servers
  BlockingPool asking{1, 64, "asking"};     // waits for what `web` asks for its own sake: nobody looks on
  prometheus::Registry registry;
  MailMeter mail_meter{registry};

  search::Reader reader;
  search::Suggester suggester{reader};
  jobs::IndexFeed index_feed;
  jobs::Learning learning;

  http::Assets assets;
  http::Pages pages;
  live::Hub hub;
  live::PublicHub public_hub;
  http::Setup setup{.metrics = &registry};  // the site counts its requests from its first moment
  http::Site site;
  http::Connections connections;

  intake::RefusalCounts refused;
  intake::KnownMailboxes mailboxes;
  intake::MailIntake mail_intake;
  outbox::Outbox outbox;
  outbox::Webhooks webhooks;
  std::map<std::string, std::unique_ptr<jobs::Job>> background;  // by name

  std::shared_ptr<TlsContext> tls;
  std::list<Listener> listeners;
  std::list<intake::MailDoor> mail_doors;
  std::vector<std::string> listening;

  std::atomic<bool> wake_posted = false;
  bool mailboxes_may_have_changed = true;
  bool stopping = false;
  int running = 0;  // loops that have not ended
  std::exception_ptr failure;

  // Last: they call into the others from threads of their own, the index into learning.
  std::optional<jobs::WokenThread> learning_thread, index_thread;
};

}  // namespace fifteen::app
