#include "server/app/app.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/app/failure.hpp"
#include "server/app/parts.hpp"
#include "server/base/log.hpp"

namespace fifteen::app {
namespace {

constexpr std::chrono::seconds tick{1};
constexpr std::chrono::seconds drain_limit{15};

}  // namespace

App::Parts::~Parts() {
  index_thread.reset();
  learning_thread.reset();
}

void App::Parts::spawn(std::string name, asio::awaitable<void> task) {
  ++running;
  asio::co_spawn(loop, std::move(task), [this, name = std::move(name)](std::exception_ptr error) {
    --running;
    if (!error) return;
    log::error("loop_failed", {{"loop", name}});
    failure = error;
    loop.stop();
  });
}

void App::Parts::run() {
  hub.start();
  public_hub.start();
  spawn("intake", mail_intake.run());
  spawn("outbox", outbox.run());
  spawn("mailboxes", keep_mailboxes());
  for (std::size_t lane = 0; lane < outbox::Webhooks::lanes; ++lane) spawn("webhooks", webhooks.run(lane));
  for (auto& [name, job] : background) spawn(name, job->run());
  loop.run();
  if (failure) std::rethrow_exception(failure);
}

// The doors know our addresses without asking the database for each mail; and /metrics shows what became of mail.
asio::awaitable<void> App::Parts::keep_mailboxes() {
  asio::steady_timer timer(loop);
  while (!stopping) {
    try {
      // The spool first: it is here while the records' database is away.
      mail_meter.show(co_await spool.counts(), refused);
      if (std::exchange(mailboxes_may_have_changed, false)) co_await mailboxes.refresh(records);
    } catch (const std::exception& error) {
      mailboxes_may_have_changed = true;
      log::warning("mailboxes_not_read", {{"error", error.what()}});
    }
    timer.expires_after(tick);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

asio::awaitable<void> App::Parts::drain() {
  for (Listener& listener : listeners) listener.stop();
  connections.drain();
  hub.stop();
  public_hub.stop();
  for (intake::MailDoor& door : mail_doors) door.shut();  // all of them, before any is waited for
  for (intake::MailDoor& door : mail_doors) co_await door.drain(std::chrono::seconds(5));
  mail_intake.stop();
  outbox.stop();
  webhooks.stop();
  for (auto& [name, job] : background) job->stop();
  outbox.wake();
  mail_intake.wake();
  asio::steady_timer timer(loop);
  const auto limit = std::chrono::steady_clock::now() + drain_limit;
  while (connections.count() + hub.count() + public_hub.count() > 0 && std::chrono::steady_clock::now() < limit) {
    timer.expires_after(std::chrono::milliseconds(20));
    co_await timer.async_wait(asio::use_awaitable);
  }
  connections.close_all();
}

void App::Parts::end_when_idle() {
  if (running == 0 && connections.count() == 0 && hub.count() + public_hub.count() == 0) {
    work.reset();
    return loop.stop();
  }
  auto timer = std::make_shared<asio::steady_timer>(loop, std::chrono::milliseconds(10));
  timer->async_wait([this, timer](error_code) { end_when_idle(); });
}

App::App(const GlobalOptions& global, const ServeOptions& options, const Clock& clock) {
  try {
    parts_ = std::make_unique<Parts>(global, options, clock);
  } catch (const store::DatabaseError&) {
    throw;
  } catch (const Failure&) {
    throw;
  } catch (const std::invalid_argument& error) {
    throw Failure(Exit::usage, error.what());  // an address that is none
  } catch (const std::runtime_error& error) {
    throw Failure(Exit::os, error.what());  // a port that is taken, a certificate that can't be read
  }
}
App::~App() = default;

const std::vector<std::string>& App::listening() const {
  return parts_->listening;
}

void App::run() {
  parts_->run();
}

void App::stop() {
  asio::post(parts_->loop, [parts = parts_.get()] {
    if (std::exchange(parts->stopping, true)) return parts->loop.stop();  // asked twice: at once
    log::info("draining");
    parts->spawn("drain", parts->drain());
    parts->end_when_idle();
  });
}

void App::reload() {
  asio::post(parts_->loop, [parts = parts_.get()] {
    if (!parts->tls) return;
    try {
      parts->tls->reload(parts->options.tls_certificate, parts->options.tls_key);
      log::info("certificate_reloaded");
    } catch (const std::exception& error) {
      log::error("certificate_kept", {{"error", error.what()}});
    }
  });
}

}  // namespace fifteen::app
