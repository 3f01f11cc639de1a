#include "server/jobs/deflection_keeper.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/deflection/draft_days.hpp"
#include "server/desk/deflection/topics.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::minutes every{1};
constexpr std::chrono::minutes topics_last{10};  // two seconds of CPU at most

}  // namespace

DeflectionKeeper::DeflectionKeeper(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                                   BlockingPool& thinking)
    : records_(records), clock_(clock), thinking_(thinking), timer_(std::move(executor)) {}

boost::asio::awaitable<void> DeflectionKeeper::run() {
  bool complained = false;
  while (!stopping_) {
    try {
      co_await pass();
      if (!stopping_) co_await find_topics();
      complained = false;
    } catch (const std::exception& error) {
      if (!std::exchange(complained, true)) log::warning("drafts_not_packed", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    timer_.expires_after(every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void DeflectionKeeper::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<int> DeflectionKeeper::pass() {
  const Instant now = clock_.now();
  const auto pack = [now](store::Session& sql) { return desk::pack_next_draft_day(sql, now).has_value(); };
  int packed = 0;
  while (!stopping_ && co_await records_.write(pack)) ++packed;
  const auto forget = [now](store::Session& sql) { return desk::forget_old_drafts(sql, now); };
  while (!stopping_ && co_await records_.write(forget) > 0) {
  }
  co_return packed;
}

boost::asio::awaitable<void> DeflectionKeeper::find_topics() {
  const Instant now = clock_.now();
  const auto read = [now](store::Session& sql) -> std::optional<desk::TopicInput> {
    if (const auto at = desk::topics_found_at(sql); at && now - *at < topics_last && *at <= now) return {};
    return desk::topic_input(sql, now);
  };
  const auto input = co_await records_.read(read);
  if (!input) co_return;
  const auto find = [&] { return desk::find_topics(*input); };
  const auto topics = co_await thinking_.run(find);
  const auto keep = [&](store::Session& sql) { desk::keep_topics(sql, topics, now); };
  co_await records_.write(keep);
}

}  // namespace fifteen::jobs
