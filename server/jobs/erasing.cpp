#include "server/jobs/erasing.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/privacy/erasure.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds every{1};

}  // namespace

Erasing::Erasing(boost::asio::any_io_executor executor, store::Database& records, store::Spool& spool,
                 const Clock& clock, BlockingPool& waiting)
    : records_(records), spool_(spool), clock_(clock), waiting_(waiting), timer_(std::move(executor)) {}

boost::asio::awaitable<void> Erasing::run() {
  while (!stopping_) {
    try {
      while (!stopping_ && co_await pass()) co_await pause(between);
      if (!stopping_) co_await empty_logs();
    } catch (const std::exception& error) {
      log::warning("erasing_put_off", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    co_await pause(every);
  }
}

boost::asio::awaitable<void> Erasing::pause(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

void Erasing::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<bool> Erasing::pass() {
  const auto look = [](store::Session& sql) { return store::next_erasure(sql).has_value(); };
  // Reading first keeps an idle desk from taking the write lock.
  if (!co_await records_.read(look)) co_return false;
  const auto take = [&](store::Session& sql) { return desk::erase_next(sql, clock_.now()); };
  co_return co_await records_.write(take);
}

// Other nodes' erasures, too: mails of hers came through this node's spool.
boost::asio::awaitable<bool> Erasing::empty_logs() {
  const auto look = [](store::Session& sql) { return store::last_erasure_finished(sql); };
  const auto finished = co_await records_.read(look);
  if (!finished || finished == emptied_for_) co_return true;
  const auto empty = [&] { return records_.empty_log() && spool_.empty_log(); };
  const bool are_empty = co_await waiting_.run(empty);
  if (are_empty) emptied_for_ = finished;
  co_return are_empty;
}

}  // namespace fifteen::jobs
