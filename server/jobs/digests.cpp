#include "server/jobs/digests.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/mail/account_mail.hpp"
#include "server/desk/mail/digest.hpp"

namespace fifteen::jobs {
namespace {

// A few rows are read each time.
constexpr std::chrono::seconds every{10};

}  // namespace

Digests::Digests(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock, std::string site)
    : records_(records), clock_(clock), site_(std::move(site)), timer_(std::move(executor)) {}

boost::asio::awaitable<void> Digests::run() {
  while (!stopping_) {
    try {
      if (const int queued = co_await pass(); queued > 0) log::info("digests_queued", {{"mails", queued}});
    } catch (const std::exception& error) {
      log::warning("digests_put_off", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    timer_.expires_after(every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void Digests::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<int> Digests::pass() {
  const Instant now = clock_.now();
  const auto look = [now](store::Session& sql) { return desk::due_digests(sql, now); };
  int queued = 0;
  for (const desk::DueDigest& due : co_await records_.read(look)) {
    const auto write = [&](store::Session& sql) -> std::optional<store::QueuedMail> {
      const auto figures = desk::digest_figures(sql, due, now);
      const auto from = desk::desk_sender(sql);
      if (!from || desk::is_empty(figures)) return {};
      return desk::write_digest(due, figures, site_, *from);
    };
    const auto mail = co_await records_.read(write);
    const auto tell = [&](store::Session& sql) { return desk::tell_digest(sql, due, mail, now); };
    if (co_await records_.write(tell)) ++queued;
  }
  co_return queued;
}

}  // namespace fifteen::jobs
