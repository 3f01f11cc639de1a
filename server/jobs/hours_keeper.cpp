#include "server/jobs/hours_keeper.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/desk/hours/calendar.hpp"
#include "server/desk/hours/hours.hpp"
#include "server/desk/hours/promises.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds look_every{2};
constexpr int waits_at_once = 500;
// A node that reads a calendar and ends amidst it leaves it to the others after so long.
constexpr std::chrono::minutes reading_limit{10};

using Holidays = std::expected<store::HolidayNames, std::string>;

Holidays fetch(const WebClient& web, const std::string& url, Instant now, const std::stop_token& stop) {
  const auto answer = web.fetch({.url = url,
                                 .headers = {{"Accept", "text/calendar"}},
                                 .time_limit = std::chrono::seconds(20),
                                 .answer_limit = desk::longest_calendar},
                                stop);
  if (!answer) return std::unexpected(answer.error());
  if (answer->status != 200) return std::unexpected("The server answered " + std::to_string(answer->status) + ".");
  auto reading = desk::read_calendar(answer->body, std::chrono::floor<std::chrono::days>(TimeZone().to_local(now)));
  if (!reading) return std::unexpected(reading.error());
  return std::move(reading->holidays);
}

}  // namespace

HoursKeeper::HoursKeeper(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                         const WebClient& web, BlockingPool& pool)
    : records_(records), clock_(clock), web_(web), pool_(pool), timer_(std::move(executor)) {}

boost::asio::awaitable<void> HoursKeeper::run() {
  while (!stopping_.stop_requested()) {
    try {
      co_await pass();
    } catch (const std::exception& error) {
      log::warning("hours_put_off", {{"error", error.what()}});
    }
    if (stopping_.stop_requested()) co_return;
    timer_.expires_after(look_every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void HoursKeeper::stop() {
  stopping_.request_stop();
  timer_.cancel();
}

boost::asio::awaitable<void> HoursKeeper::pass() {
  const auto hold = [this](store::Session& sql) { return desk::hold_waits_anew(sql, clock_.now(), waits_at_once); };
  const auto is_due = [this](store::Session& sql) {
    return std::pair(desk::are_waits_left(sql, clock_.now()), store::is_a_calendar_due(sql, clock_.now()));
  };
  auto [waits, calendars] = co_await records_.read(is_due);
  while (waits && !stopping_.stop_requested()) waits = co_await records_.write(hold);
  while (calendars && !stopping_.stop_requested()) calendars = co_await read_a_calendar();
}

boost::asio::awaitable<bool> HoursKeeper::read_a_calendar() {
  const Instant now = clock_.now();
  const auto take = [now](store::Session& sql) { return store::take_due_calendar(sql, now, now + reading_limit); };
  const auto calendar = co_await records_.write(take);
  if (!calendar) co_return false;
  const auto job = [&] { return fetch(web_, calendar->url, now, stopping_.get_token()); };
  const Holidays holidays = co_await pool_.run(job);
  if (stopping_.stop_requested()) co_return false;
  const auto keep = [&](store::Session& sql) {
    desk::calendar_read(sql, *calendar, holidays, now);
    return true;
  };
  co_await records_.write(keep);
  if (!holidays) log::warning("calendar_unread", {{"schedule", calendar->schedule.value}, {"error", holidays.error()}});
  co_return true;
}

}  // namespace fifteen::jobs
