#include "server/domain/zone_rule.hpp"

#include <charconv>

namespace fifteen {
namespace {

using std::chrono::seconds;

// Reads a line from its start; what does not fit leaves `is_fine` false.
class Reader {
 public:
  explicit Reader(std::string_view line) : rest_(line) {}

  bool is_fine = true;
  bool is_at_end() const { return rest_.empty(); }
  bool is_at(char c) const { return rest_.starts_with(c); }

  bool take(char c) {
    if (!is_at(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) { is_fine &= take(c); }

  void name() {
    const auto end = is_at('<') ? rest_.find('>') + 1 : rest_.find_first_of("+-0123456789,");
    is_fine &= end != 0 && end != rest_.npos;
    if (is_fine) rest_.remove_prefix(end);
  }

  int number() {
    int value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    is_fine &= error == std::errc() && value >= 0;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  // "-1", "9:30"
  seconds time() {
    const bool is_negative = take('-');
    if (!is_negative) take('+');
    seconds value = std::chrono::hours{number()};
    if (take(':')) value += std::chrono::minutes{number()};
    if (take(':')) value += seconds{number()};
    return is_negative ? -value : value;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::optional<ZoneRule> ZoneRule::parse(std::string_view line) {
  Reader in(line);
  ZoneRule rule;
  in.name();
  rule.standard_ = -in.time();  // POSIX counts westwards
  if (!in.is_fine || in.is_at_end()) return {};
  in.name();
  rule.summer_ = in.is_at(',') ? rule.standard_ + std::chrono::hours{1} : -in.time();
  for (Change* change : {&rule.to_summer_, &rule.to_standard_}) {
    in.need(',');
    in.need('M');
    change->month = std::chrono::month(static_cast<unsigned>(in.number()));
    in.need('.');
    change->week = static_cast<unsigned>(in.number());
    in.need('.');
    change->day = std::chrono::weekday(static_cast<unsigned>(in.number()));
    change->time = in.take('/') ? in.time() : std::chrono::hours{2};
    in.is_fine &= change->month.ok() && change->week >= 1 && change->week <= 5 && change->day.ok();
  }
  if (!in.is_fine || !in.is_at_end()) return {};
  return rule;
}

std::chrono::local_seconds ZoneRule::Change::in(std::chrono::year year) const {
  using std::chrono::local_days;
  return (week == 5 ? local_days{year / month / day[std::chrono::last]} : local_days{year / month / day[week]}) + time;
}

seconds ZoneRule::offset_at(Instant t) const {
  const auto local = std::chrono::floor<std::chrono::days>(t.time_since_epoch() + standard_);
  const auto year = std::chrono::year_month_day(std::chrono::local_days{local}).year();
  const auto begin = to_summer_.in(year).time_since_epoch() - standard_;
  const auto end = to_standard_.in(year).time_since_epoch() - summer_;
  const auto at = t.time_since_epoch();
  const bool is_summer = begin < end ? begin <= at && at < end : at < end || begin <= at;
  return is_summer ? summer_ : standard_;
}

}  // namespace fifteen
