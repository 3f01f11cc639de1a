#include "server/desk/reports/report_tally.hpp"

#include <algorithm>
#include <numeric>

#include "server/domain/schedule_words.hpp"
#include "server/store/columns.hpp"

namespace fifteen::desk {
namespace {

constexpr std::array<int, 6> percents = {50, 75, 90, 95, 99, 100};
constexpr std::uint64_t sign = 1ull << 63;

}  // namespace

ReportTally::ReportTally(ClockKind clock) : clock_(clock) {}

ReportTally::Class ReportTally::class_of(const MeasuredWait& wait) {
  switch (wait.ending) {
    case Ending::running:
      return wait.is_overdue() ? Class::overdue : Class::running;
    case Ending::closed_unanswered:
      return Class::closed;
    case Ending::self_solved:
      return Class::solved;
    default:
      break;
  }
  if (wait.business == Microseconds{0}) return wait.is_met() ? Class::met_off_hours : Class::missed_off_hours;
  return wait.is_met() ? Class::met : Class::missed;
}

void ReportTally::Group::count(Class c, Rated rated) {
  ++counts[static_cast<std::size_t>(c)];
  if (c > Class::met_off_hours || rated == Rated::no) return;
  ++ratings;
  if (rated == Rated::kudos) ++kudos;
}

std::uint32_t ReportTally::Group::timed() const {
  return std::accumulate(counts.begin(), counts.begin() + static_cast<int>(Class::closed), 0u);
}

void ReportTally::Group::begin_walk() {
  next = static_cast<std::uint32_t>(rank_of(percents[0], timed()));
}

void ReportTally::Group::take(std::int64_t time) {
  do {
    times[percentile] = time;
    if (++percentile == percents.size()) return;
    next = static_cast<std::uint32_t>(rank_of(percents[percentile], timed()));
  } while (next == seen);
}

Figures ReportTally::Group::figures() const {
  const auto of = [&](Class c) { return std::int64_t{counts[static_cast<std::size_t>(c)]}; };
  Figures told{.answered = of(Class::met) + of(Class::missed) + of(Class::met_off_hours) + of(Class::missed_off_hours),
               .met = of(Class::met) + of(Class::met_off_hours),
               .running = of(Class::running) + of(Class::overdue),
               .overdue = of(Class::overdue),
               .closed_unanswered = of(Class::closed),
               .self_solved = of(Class::solved),
               .off_hours = of(Class::met_off_hours) + of(Class::missed_off_hours)};
  told.share = told.share_met();
  if (seen == 0) return told;
  std::optional<Microseconds>* const into[] = {&told.p50, &told.p75, &told.p90, &told.p95, &told.p99, &told.max};
  for (std::size_t i = 0; i < percentile_count; ++i) *into[i] = Microseconds{times[i]};
  return told;
}

std::uint32_t ReportTally::Groups::of(const std::string& key) {
  const auto [place, is_new] = known.try_emplace(key, keys.size());
  if (is_new) {
    keys.push_back(key);
    groups.emplace_back();
  }
  return place->second;
}

std::vector<ReportLine> ReportTally::Groups::lines(bool sort) const {
  std::vector<ReportLine> lines;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (std::ranges::any_of(groups[i].counts, [](std::uint32_t n) { return n > 0; }))
      lines.push_back({keys[i], groups[i].figures(), groups[i].ratings, groups[i].kudos});
  if (sort) std::ranges::sort(lines, {}, &ReportLine::key);
  return lines;
}

template <class Visit>
void ReportTally::each_group(const Keys& keys, Visit visit) {
  visit(total_);
  visit(days_.groups[keys.day]);
  visit(hours_[keys.hour]);
  visit(agents_.groups[keys.agent]);
  visit(channels_.groups[keys.channel]);
  visit(mailboxes_.groups[keys.mailbox]);
  visit(plans_.groups[keys.plan]);
  for (const std::uint32_t tag : tag_sets_[keys.tags]) visit(tags_.groups[tag]);
}

void ReportTally::turn_to(const WaitPage& page) {
  const auto learn = [&](Facet facet, Groups& groups) {
    auto& places = groups_of_place_[static_cast<std::size_t>(facet)];
    places.clear();
    for (const std::string& text : page.texts(facet)) places.push_back(groups.of(text));
  };
  learn(Facet::agent, agents_);
  learn(Facet::channel, channels_);
  learn(Facet::mailbox, mailboxes_);
  learn(Facet::plan, plans_);
  auto& places = groups_of_place_[static_cast<std::size_t>(Facet::tags)];
  places.clear();
  for (const std::string& text : page.texts(Facet::tags)) {
    const auto [place, is_new] = known_tag_sets_.try_emplace(text, tag_sets_.size());
    if (is_new) {
      auto& set = tag_sets_.emplace_back();
      for (const std::string& tag : store::from_lines(text)) set.push_back(tags_.of(tag));
      if (set.empty()) set.push_back(tags_.of("untagged"));
    }
    places.push_back(place->second);
  }
}

void ReportTally::add(const WaitPage& page, const SeenWait& seen) {
  if (seen.day != day_) {
    day_ = seen.day;
    day_group_ = days_.of(to_date(seen.day));
  }
  const auto group = [&](Facet facet) {
    return groups_of_place_[static_cast<std::size_t>(facet)][page.place(seen.row, facet)];
  };
  const Keys keys{.day = day_group_,
                  .agent = group(Facet::agent),
                  .mailbox = group(Facet::mailbox),
                  .plan = group(Facet::plan),
                  .tags = group(Facet::tags),
                  .hour = static_cast<std::uint8_t>(seen.hour),
                  .channel = static_cast<std::uint8_t>(group(Facet::channel))};
  const Class c = class_of(seen.measured);
  each_group(keys, [&](Group& g) { g.count(c, seen.rated); });
  if (seen.measured.ending == Ending::answered) {
    KudosBucket& bucket = kudos_[bucket_of(seen.measured.wall, kudos_bounds)];
    ++bucket.answers;
    if (seen.rated != Rated::no) ++bucket.ratings;
    if (seen.rated == Rated::kudos) ++bucket.kudos;
  }
  if (!seen.measured.is_timed()) return;
  const Microseconds time = seen.measured.time(clock_);
  ++distribution_[bucket_of(time, wait_bounds)];
  times_.push_back({static_cast<std::uint64_t>(time.count()) ^ sign, static_cast<std::uint32_t>(keys_.size())});
  keys_.push_back(keys);
}

// By digits of eleven bits, those alone in which the times differ: four passes for times of up to half a year.
void ReportTally::sort(std::vector<Timed>& times) {
  constexpr unsigned bits = 11, size = 1u << bits;
  std::uint64_t differ = 0;
  for (const Timed& timed : times) differ |= timed.time ^ times.front().time;
  std::vector<Timed> other(times.size());
  for (unsigned shift = 0; shift < 64 && differ >> shift; shift += bits) {
    if (!(differ >> shift & (size - 1))) continue;
    std::array<std::uint32_t, size> ends{};
    for (const Timed& timed : times) ++ends[timed.time >> shift & (size - 1)];
    std::exclusive_scan(ends.begin(), ends.end(), ends.begin(), 0u);
    for (const Timed& timed : times) other[ends[timed.time >> shift & (size - 1)]++] = timed;
    times.swap(other);
  }
}

ReportTable ReportTally::table() {
  sort(times_);
  total_.begin_walk();
  for (Groups* groups : {&days_, &agents_, &channels_, &mailboxes_, &plans_, &tags_})
    for (Group& group : groups->groups) group.begin_walk();
  for (Group& group : hours_) group.begin_walk();
  for (const Timed& timed : times_) {
    const auto time = static_cast<std::int64_t>(timed.time ^ sign);
    each_group(keys_[timed.row], [&](Group& group) { group.pass(time); });
  }
  ReportTable table{.total = total_.figures(),
                    .distribution = distribution_,
                    .kudos = kudos_,
                    .days = days_.lines(true),
                    .hours = {},
                    .agents = agents_.lines(true),
                    .channels = channels_.lines(true),
                    .mailboxes = mailboxes_.lines(true),
                    .tags = tags_.lines(true),
                    .plans = plans_.lines(true)};
  Groups hours;
  for (int hour = 0; hour < 168; ++hour) {
    hours.keys.push_back(week_hour(hour));
    hours.groups.push_back(hours_[static_cast<std::size_t>(hour)]);
  }
  table.hours = hours.lines(false);
  return table;
}

}  // namespace fifteen::desk
