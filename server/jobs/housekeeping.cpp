#include "server/jobs/housekeeping.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/store/article_bin.hpp"
#include "server/store/attachments.hpp"
#include "server/store/credentials.hpp"
#include "server/store/idea_votes.hpp"
#include "server/store/idempotency.hpp"
#include "server/store/notifications.hpp"
#include "server/store/rate_limits.hpp"
#include "server/store/sessions.hpp"
#include "server/store/webhooks.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::hours every{1};
// Longer than any limit's window, and the time in which a client may repeat a request under its key.
constexpr std::chrono::hours a_day{24};
constexpr int most_articles = 200;   // purged an hour, each in a transaction of its own
constexpr int uploads_at_once = 20;  // in a transaction, with up to 10 MB of bytes each
constexpr int pictures_a_look = 1000;
// Wishes as long as the link lasts by which they count.
constexpr std::chrono::days kept_wishes{30}, kept_notifications{30}, kept_deliveries{7};

}  // namespace

Housekeeping::Housekeeping(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock)
    : records_(records), clock_(clock), timer_(std::move(executor)) {}

boost::asio::awaitable<void> Housekeeping::run() {
  while (!stopping_) {
    try {
      if (const auto gone = co_await pass(); gone > 0) log::info("rows_expired", {{"rows", gone}});
    } catch (const std::exception& error) {
      log::warning("housekeeping_put_off", {{"error", error.what()}});
    }
    if (stopping_) co_return;
    timer_.expires_after(every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void Housekeeping::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<std::int64_t> Housekeeping::pass() {
  const Instant now = clock_.now();
  const auto job = [now](store::Session& sql) {
    return store::drop_ended_sessions(sql, now) + store::drop_old_links(sql, now) +
           store::drop_old_tries(sql, now - 2 * a_day) + store::drop_remembered(sql, now - a_day) +
           store::drop_old_notifications(sql, now - kept_notifications) +
           store::drop_old_deliveries(sql, now - kept_deliveries) + store::drop_wishes(sql, now - kept_wishes) +
           store::drop_unconfirmed_voters(sql, now - kept_wishes);
  };
  std::int64_t rows = co_await records_.write(job);
  rows += co_await drop_uploads(now - 2 * a_day);
  rows += co_await purge_articles(now - desk::deleted_are_kept);
  co_return rows + co_await purge_pictures(now - desk::deleted_are_kept);
}

boost::asio::awaitable<std::int64_t> Housekeeping::drop_uploads(Instant before) {
  const auto drop = [before](store::Session& sql) { return store::drop_form_uploads(sql, before, uploads_at_once); };
  std::int64_t gone = 0, last = uploads_at_once;
  while (!stopping_ && last == uploads_at_once) gone += last = co_await records_.write(drop);
  co_return gone;
}

boost::asio::awaitable<std::int64_t> Housekeeping::purge_articles(Instant before) {
  const auto look = [before](store::Session& sql) { return store::deleted_articles(sql, before, most_articles); };
  std::int64_t gone = 0;
  for (const ArticleId id : co_await records_.read(look)) {
    const auto purge = [id, before](store::Session& sql) { return store::purge_article(sql, id, before); };
    if (!stopping_ && co_await records_.write(purge)) ++gone;
  }
  co_return gone;
}

boost::asio::awaitable<std::int64_t> Housekeeping::purge_pictures(Instant before) {
  std::int64_t gone = 0;
  std::string after;
  do {
    const auto look = [&](store::Session& sql) { return store::unnamed_pictures(sql, after, before, pictures_a_look); };
    const auto found = co_await records_.read(look);
    for (const std::string& name : found.names) {
      const auto purge = [&](store::Session& sql) { return store::purge_picture(sql, name, before); };
      if (!stopping_ && co_await records_.write(purge)) ++gone;
    }
    after = found.last;
  } while (!stopping_ && !after.empty());
  co_return gone;
}

}  // namespace fifteen::jobs
