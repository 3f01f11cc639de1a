#include "server/desk/reports/people_needed.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "server/desk/reports/report_filter.hpp"
#include "server/desk/reports/report_pages.hpp"
#include "server/domain/openings.hpp"
#include "server/domain/staffing.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t hours_a_week = 168;
constexpr Microseconds longest_handling = std::chrono::minutes{30};  // beyond it, it was a break
constexpr std::size_t enough_samples = 30, fewest_samples = 10;
constexpr std::chrono::days longest_closing{31};

// A customer who wanted an answer: came when the desk was open, or at its next opening.
struct Arrival {
  Instant at;
  std::optional<Instant> answered_at;
  AgentId by;
  bool is_judged = false, is_met = false;
};

// When each mailbox is open.
class OpenHours {
 public:
  OpenHours(Promises& promises, const ReportPeriod& period) : promises_(promises), period_(period) {}

  // `t` itself in business hours, else when they begin again; none when they don't within a month of the period's end.
  std::optional<Instant> open_from(MailboxId mailbox, Instant t) {
    auto [place, is_new] = openings_.try_emplace(mailbox);
    if (is_new) place->second = openings(promises_.schedule(mailbox), period_.from, period_.to + longest_closing);
    const auto next = std::ranges::upper_bound(place->second, t, {}, &Opening::end);
    if (next == place->second.end()) return {};
    return std::max(t, next->begin);
  }

 private:
  Promises& promises_;
  const ReportPeriod& period_;
  std::map<MailboxId, std::vector<Opening>> openings_;
};

using LocalHour = std::chrono::local_time<std::chrono::hours>;

LocalHour local_hour(const TimeZone& zone, Instant t) {
  return std::chrono::floor<std::chrono::hours>(zone.to_local(t));
}

std::size_t hour_of_week(LocalHour hour) {
  const auto day = std::chrono::floor<std::chrono::days>(hour);
  return (std::chrono::weekday{day}.iso_encoding() - 1) * 24 + static_cast<std::size_t>((hour - day).count());
}

// How often each hour of the week came by in the period; a clock change makes it no whole number.
std::array<double, hours_a_week> occurrences(const ReportPeriod& period, const TimeZone& zone) {
  constexpr std::chrono::minutes step{15};  // zones differ from UTC by whole quarters of an hour
  std::array<double, hours_a_week> times{};
  for (Instant t = period.from; t < std::min(period.to, period.now); t += step)
    times[hour_of_week(local_hour(zone, t))] += 0.25;
  return times;
}

// How long answers took their writers: the time since their answer before.
std::vector<Microseconds> handling_times(const std::vector<Arrival>& answered, bool only_queued) {
  std::vector<Microseconds> times;
  for (std::size_t i = 1; i < answered.size(); ++i) {
    const Arrival &before = answered[i - 1], &now = answered[i];
    if (before.by != now.by) continue;
    if (only_queued && now.at > *before.answered_at) continue;  // was idle in between
    const Microseconds time = *now.answered_at - std::max(now.at, *before.answered_at);
    if (time > Microseconds{0} && time <= longest_handling) times.push_back(time);
  }
  return times;
}

struct Found {
  std::vector<Arrival> arrivals;
  std::map<Microseconds, std::int64_t> targets;
};

// The number that a facet's text is; 0 for none.
std::int64_t id_in(const WaitPage& page, std::size_t row, Facet facet) {
  const std::string& text = page.texts(facet)[page.place(row, facet)];
  std::int64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  return id;
}

Found find_arrivals(store::Session& sql, const PeopleWish& wish) {
  Promises promises(sql);
  OpenHours open(promises, wish.period);
  WaitFilter filter{.waits = ReportedWaits::all};
  if (wish.mailbox) filter.facets[static_cast<std::size_t>(Facet::mailbox)] = std::to_string(wish.mailbox.value);
  WaitSieve sieve(filter, wish.period, promises);
  Found found;
  const auto visit = [&](const WaitPage& page, std::span<const MessageId> outdated) {
    sieve.each(page, outdated, [&](const SeenWait& seen) {
      const MeasuredWait& wait = seen.measured;
      if (wait.ending == Ending::self_solved) return;  // nobody had to answer
      const auto at = open.open_from(MailboxId(id_in(page, seen.row, Facet::mailbox)), wait.started_at);
      if (!at) return;
      ++found.targets[wait.target];
      Arrival arrival{.at = *at, .answered_at = {}, .by = {}};
      if (wait.ending == Ending::answered) {
        arrival.answered_at = wait.started_at + wait.wall;
        arrival.by = AgentId(id_in(page, seen.row, Facet::agent));
      }
      arrival.is_met = wait.is_met();
      arrival.is_judged = wait.ending == Ending::answered || wait.is_overdue();
      found.arrivals.push_back(arrival);
    });
  };
  each_page(sql, {.period = wish.period, .is_present = true}, promises, visit);
  return found;
}

// How many were at work in each hour.
std::map<LocalHour, int> people_at_work(const std::vector<Arrival>& arrivals, const TimeZone& zone) {
  std::set<std::pair<AgentId, LocalHour>> answered;
  for (const Arrival& arrival : arrivals)
    if (arrival.answered_at) answered.emplace(arrival.by, local_hour(zone, *arrival.answered_at));
  std::map<LocalHour, int> people;
  const std::pair<AgentId, LocalHour>* before = nullptr;
  for (const auto& one : answered) {
    ++people[one.second];
    if (before && before->first == one.first && one.second - before->second == std::chrono::hours{2})
      ++people[one.second - std::chrono::hours{1}];
    before = &one;
  }
  return people;
}

struct Hour {
  std::int64_t waits = 0, judged = 0, met = 0;
  std::int64_t people = 0;                  // summed over its occurrences
  std::map<int, std::int64_t> judged_with;  // by how many were at work when they came
};

std::array<Hour, hours_a_week> by_hour(const Found& found, const PeopleWish& wish) {
  std::array<Hour, hours_a_week> hours{};
  const auto at_work = people_at_work(found.arrivals, wish.zone);
  for (const auto& [when, people] : at_work) hours[hour_of_week(when)].people += people;
  for (const Arrival& arrival : found.arrivals) {
    const LocalHour when = local_hour(wish.zone, arrival.at);
    Hour& hour = hours[hour_of_week(when)];
    ++hour.waits;
    if (!arrival.is_judged) continue;
    ++hour.judged;
    hour.met += arrival.is_met ? 1 : 0;
    const auto people = at_work.find(when);
    ++hour.judged_with[people == at_work.end() ? 0 : people->second];
  }
  return hours;
}

// The share that the model expects of those who came in an hour, with those who were at work each time.
double expected_share(const Hour& hour, const Load& load, Microseconds target) {
  double share = 0;
  for (const auto& [people, waits] : hour.judged_with)
    share += static_cast<double>(waits) * share_answered_within(load, people, target);
  return share / static_cast<double>(hour.judged);
}

// Weighs each hour's expectation by those who came in it.
void tell_fit(PeopleNeeded& need, const std::array<Hour, hours_a_week>& hours) {
  double judged = 0, met = 0, expected = 0, error = 0;
  for (const HourNeed& hour : need.hours) {
    if (!hour.share || !hour.expected) continue;
    const auto weight = static_cast<double>(hours[static_cast<std::size_t>(hour.hour)].judged);
    judged += weight;
    met += weight * *hour.share;
    expected += weight * *hour.expected;
    error += weight * std::abs(*hour.share - *hour.expected);
  }
  if (judged == 0) return;
  need.share = met / judged;
  need.expected = expected / judged;
  need.error = error / judged;
}

}  // namespace

PeopleNeeded people_needed(store::Session& sql, const PeopleWish& wish) {
  const Found found = find_arrivals(sql, wish);
  PeopleNeeded need;
  need.waits = static_cast<std::int64_t>(found.arrivals.size());
  if (!found.targets.empty())
    need.target = std::ranges::max_element(found.targets, {}, [](const auto& one) { return one.second; })->first;

  std::vector<Arrival> answered;
  std::ranges::copy_if(found.arrivals, std::back_inserter(answered),
                       [](const Arrival& arrival) { return arrival.answered_at.has_value(); });
  std::ranges::sort(answered, {}, [](const Arrival& a) { return std::pair(a.by, *a.answered_at); });
  auto times = handling_times(answered, true);
  const bool is_rough = times.size() < enough_samples;
  if (is_rough) times = handling_times(answered, false);
  std::optional<Handling> handling;
  if (times.size() >= fewest_samples) {
    const auto samples = static_cast<std::int64_t>(times.size());
    handling.emplace(std::move(times));
    need.pace = {.mean = handling->mean(),
                 .median = handling->times()[handling->times().size() / 2],
                 .samples = samples,
                 .is_rough = is_rough};
  }

  const auto hours = by_hour(found, wish);
  const auto times_seen = occurrences(wish.period, wish.zone);
  for (std::size_t i = 0; i < hours_a_week; ++i) {
    const Hour& hour = hours[i];
    if ((hour.waits == 0 && hour.people == 0) || times_seen[i] == 0) continue;
    HourNeed one{.hour = static_cast<int>(i),
                 .waits = hour.waits,
                 .arrivals = static_cast<double>(hour.waits) / times_seen[i],
                 .answered_by = static_cast<double>(hour.people) / times_seen[i]};
    if (hour.judged > 0) one.share = static_cast<double>(hour.met) / static_cast<double>(hour.judged);
    if (handling) {
      const Load load{one.arrivals, *handling};
      one.needed = fifteen::people_needed(load, need.target, wish.goal);
      if (hour.judged > 0) one.expected = expected_share(hour, load, need.target);
    }
    need.hours.push_back(one);
  }
  tell_fit(need, hours);
  return need;
}

}  // namespace fifteen::desk
