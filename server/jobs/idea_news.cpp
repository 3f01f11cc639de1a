#include "server/jobs/idea_news.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/ideas/idea_news.hpp"
#include "server/desk/ideas/ideas.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/store/idea_merges.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds every{2};
constexpr int at_once = 200;  // some 20 ms of a database's writer, as the alerts
constexpr std::chrono::minutes refresh_every{10};

}  // namespace

IdeaNews::IdeaNews(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock)
    : records_(records), clock_(clock), timer_(std::move(executor)) {}

boost::asio::awaitable<void> IdeaNews::run() {
  while (!stopping_) {
    try {
      while (!stopping_ && co_await move_votes()) co_await pause(between);
      if (const int mails = co_await pass(); mails > 0) log::info("idea_news_queued", {{"mails", mails}});
      if (clock_.now() - refreshed_at_ >= refresh_every) co_await refresh();
    } catch (const std::exception& error) {
      log::warning("idea_news_put_off", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    co_await pause(every);
  }
}

boost::asio::awaitable<void> IdeaNews::pause(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

void IdeaNews::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<bool> IdeaNews::move_votes() {
  const auto look = [](store::Session& sql) { return store::next_vote_shift(sql).has_value(); };
  if (!co_await records_.read(look)) co_return false;
  const auto move = [&](store::Session& sql) { return desk::move_next_votes(sql, desk::moved_at_once, clock_.now()); };
  co_return co_await records_.write(move);
}

boost::asio::awaitable<int> IdeaNews::pass() {
  const Instant now = clock_.now();
  const auto look = [now](store::Session& sql) { return desk::has_idea_news(sql, now); };
  // Reading first keeps an idle desk from taking the write lock.
  if (!co_await records_.read(look)) co_return 0;
  const auto tell = [&](store::Session& sql) { return desk::tell_next_voters(sql, at_once, now); };
  co_return (co_await records_.write(tell)).mails;
}

boost::asio::awaitable<void> IdeaNews::refresh() {
  refreshed_at_ = clock_.now();
  VoterId after;
  do {
    const auto differ = [&](store::Session& sql) { return desk::changed_worths(sql, after, at_once); };
    const desk::ChangedWorths changed = co_await records_.read(differ);
    const auto keep = [&](store::Session& sql) { desk::keep_worths(sql, changed); };
    if (!changed.voters.empty()) co_await records_.write(keep);
    after = changed.up_to;
  } while (after && !stopping_);
}

}  // namespace fifteen::jobs
