#include "server/domain/digest_week.hpp"

namespace fifteen {
namespace {

using std::chrono::days;

constexpr std::chrono::hours told_at{8};
constexpr days news_lasts{3};

DigestWeek week_before(std::chrono::local_days monday, const TimeZone& zone) {
  return {.monday = monday - days{7},
          .from = zone.to_instant(monday - days{7}),
          .to = zone.to_instant(monday),
          .due = zone.to_instant(LocalTime(monday) + told_at)};
}

}  // namespace

DigestWeek latest_digest_week(const TimeZone& zone, Instant now) {
  const auto today = std::chrono::floor<days>(zone.to_local(now));
  const auto monday = today - (std::chrono::weekday{today} - std::chrono::Monday);
  const DigestWeek week = week_before(monday, zone);
  return week.due <= now ? week : week_before(monday - days{7}, zone);
}

bool is_stale(const DigestWeek& week, Instant now) {
  return now - week.due >= news_lasts;
}

}  // namespace fifteen
