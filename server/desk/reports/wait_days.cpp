#include "server/desk/reports/wait_days.hpp"

#include <algorithm>
#include <set>

#include "server/domain/schedule_words.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"
#include "server/store/report_rows.hpp"

namespace fifteen::desk {
namespace {

constexpr int notes_a_fold = 1000;
constexpr std::size_t days_a_fold = 4;

std::int64_t day_of(Instant t) {
  return std::chrono::floor<std::chrono::days>(t).time_since_epoch().count();
}
Instant begin_of(std::int64_t day) {
  return Instant{std::chrono::days{day}};
}

std::string key_or(std::int64_t id, const char* otherwise) {
  return id ? std::to_string(id) : otherwise;
}

// Calls back with the notes behind each other.
template <class Visit>
void each_note(store::Session& sql, Visit visit) {
  constexpr int page = 5000;
  std::size_t count = page;
  for (std::int64_t after = 0; count == page;) {
    const auto notes = store::changed_waits(sql, after, page);
    count = notes.size();
    for (const store::ChangedWait& note : notes) visit(note);
    if (count > 0) after = notes.back().id;
  }
}

void sort_each_once(std::vector<MessageId>& keys) {
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
}

CountedWait counted(const store::KeptWait& kept, Promises& promises) {
  if (kept.traits) promises.learn_traits(kept.ticket.customer, *kept.traits);
  // Only a running wait asks for the instant up to which it is measured, and it is not kept.
  const Instant now = kept.wait.started_at;
  return to_counted(
      {.ticket = kept.ticket, .wait = kept.wait, .measured = promises.measure(kept.wait, kept.ticket, now)}, promises,
      parse_rated(kept.score));
}

std::vector<CountedWait> waits_of_day(store::Session& sql, std::int64_t day, Promises& promises) {
  std::vector<CountedWait> waits;
  store::each_kept_wait(sql, begin_of(day), begin_of(day + 1), true, [&](const store::KeptWait& kept) {
    if (kept.wait.ending != Ending::voided) waits.push_back(counted(kept, promises));
  });
  return waits;
}

std::vector<CountedWait> waits_of(store::Session& sql, const std::vector<MessageId>& keys, Promises& promises) {
  std::vector<CountedWait> waits;
  store::each_kept_wait(sql, keys, [&](const store::KeptWait& kept) {
    if (kept.wait.ending != Ending::voided) waits.push_back(counted(kept, promises));
  });
  return waits;
}

// The pages of a day as it was packed; none when it was not, or by other promises.
std::optional<std::vector<WaitPage>> pages_of(store::WaitDay& kept, const std::string& version) {
  if (kept.revision == 0 || kept.promises != version) return {};
  std::vector<WaitPage> pages;
  for (std::string& part : kept.parts) {
    auto page = WaitPage::parse(std::move(part));
    if (!page) return {};
    pages.push_back(std::move(*page));
  }
  return pages;
}

// As they are now, if no other wait than these changed.
std::vector<CountedWait> with_changes(store::Session& sql, const std::vector<WaitPage>& pages,
                                      const std::vector<MessageId>& changed, Promises& promises) {
  std::vector<CountedWait> waits = waits_of(sql, changed, promises);
  for (const WaitPage& page : pages)
    for (CountedWait& wait : page.unpack())
      if (!std::ranges::binary_search(changed, wait.started_by)) waits.push_back(std::move(wait));
  return waits;
}

void save(store::Session& sql, std::int64_t day, std::int64_t revision, const std::string& version,
          std::vector<CountedWait> waits) {
  store::WaitDay written{.revision = revision, .promises = version, .parts = {}};
  for (const WaitPage& page : WaitPage::pack(std::move(waits))) written.parts.push_back(page.bytes());
  store::save_wait_day(sql, day, written);
}

void pack(store::Session& sql, std::int64_t day) {
  const std::string version = store::promises_version(sql);  // before what it is the version of
  Promises promises(sql);
  const std::int64_t revision = store::wait_day(sql, day).revision;
  save(sql, day, revision, version, waits_of_day(sql, day, promises));
}

std::optional<std::int64_t> next_day(store::Session& sql, std::int64_t first) {
  std::optional<std::int64_t> day;
  if (const auto start = store::next_wait_start(sql, begin_of(first))) day = day_of(*start);
  if (const auto kept = store::next_wait_day(sql, first); kept && (!day || *kept < *day)) day = kept;
  return day;
}

}  // namespace

CountedWait to_counted(const ReportedWait& wait, Promises& promises, Rated rated) {
  const AgentId agent = wait.wait.ending == Ending::answered ? wait.wait.ended_by : wait.ticket.summary.assignee;
  return {.started_by = wait.wait.started_by,
          .measured = wait.measured,
          .facets = {key_or(agent.value, "unassigned"), std::string(name(wait.ticket.channel)),
                     std::to_string(wait.ticket.mailbox.value), plan_of(promises.traits(wait.ticket.customer)),
                     store::to_lines(wait.ticket.tags)},
          .rated = rated};
}

WaitDays::WaitDays(store::Session& sql, Promises& promises, const ReportPeriod& period)
    : sql_(sql),
      promises_(promises),
      first_(day_of(period.from)),
      last_(day_of(period.to - Microseconds{1})),
      are_complete_(store::has_all_wait_days(sql)) {
  if (!are_complete_) return;
  version_ = store::promises_version(sql);
  each_note(sql, [&](const store::ChangedWait& note) {
    const std::int64_t day = day_of(note.started_at);
    if (day >= first_ && day <= last_) changed_[day].push_back(note.started_by);
  });
  for (auto& [day, keys] : changed_) sort_each_once(keys);
}

std::vector<std::int64_t> WaitDays::days() const {
  std::vector<std::int64_t> days;
  if (!are_complete_) {
    for (auto start = store::next_wait_start(sql_, begin_of(first_)); start && day_of(*start) <= last_;
         start = store::next_wait_start(sql_, begin_of(days.back() + 1)))
      days.push_back(day_of(*start));
    return days;
  }
  std::vector<std::int64_t> changed;
  for (const auto& [day, keys] : changed_) changed.push_back(day);
  std::ranges::set_union(store::wait_days(sql_, first_, last_), changed, std::back_inserter(days));
  return days;
}

void WaitDays::visit(std::int64_t day, const PageVisit& visit) {
  store::WaitDay kept = store::wait_day(sql_, day);
  const auto pages = are_complete_ ? pages_of(kept, version_) : std::nullopt;
  if (!pages && (kept.revision > 0 || !are_complete_)) {
    for (const WaitPage& page : WaitPage::pack(waits_of_day(sql_, day, promises_))) visit(page, {});
    return;
  }
  const auto changed = changed_.find(day);
  const auto outdated = changed == changed_.end() ? std::span<const MessageId>() : std::span(changed->second);
  if (pages)
    for (const WaitPage& page : *pages) visit(page, outdated);
  if (!outdated.empty())
    for (const WaitPage& page : WaitPage::pack(waits_of(sql_, changed->second, promises_))) visit(page, {});
}

std::size_t fold_changed_waits(store::Session& sql) {
  const std::string version = store::promises_version(sql);  // before what it is the version of
  std::map<std::int64_t, std::vector<MessageId>> changed;
  std::vector<std::int64_t> ids;
  for (const store::ChangedWait& note : store::changed_waits(sql, 0, notes_a_fold)) {
    const std::int64_t day = day_of(note.started_at);
    if (!changed.contains(day) && changed.size() == days_a_fold) continue;
    changed[day].push_back(note.started_by);
    ids.push_back(note.id);
  }
  if (ids.empty()) return 0;
  Promises promises(sql);
  for (auto& [day, keys] : changed) {
    sort_each_once(keys);
    store::WaitDay kept = store::wait_day(sql, day);
    const auto pages = pages_of(kept, version);
    save(sql, day, kept.revision, version,
         pages ? with_changes(sql, *pages, keys, promises) : waits_of_day(sql, day, promises));
  }
  store::forget_changed_waits(sql, ids);
  return ids.size();
}

std::optional<std::int64_t> pack_outdated_day(store::Session& sql, std::int64_t first) {
  const auto day = store::outdated_wait_day(sql, store::promises_version(sql), first);
  if (day) pack(sql, *day);
  return day;
}

std::optional<std::int64_t> pack_next_day(store::Session& sql, std::int64_t first) {
  const auto day = next_day(sql, first);
  if (day) pack(sql, *day);
  return day;
}

std::vector<std::string> check_wait_days(store::Session& sql, std::int64_t first, std::optional<std::int64_t>& day) {
  day = store::has_all_wait_days(sql) ? next_day(sql, first) : std::nullopt;
  if (!day) return {};
  Promises promises(sql);
  std::vector<CountedWait> kept;
  WaitDays(sql, promises, {.from = begin_of(*day), .to = begin_of(*day + 1), .now = {}})
      .visit(*day, [&](const WaitPage& page, std::span<const MessageId> outdated) {
        for (CountedWait& wait : page.unpack())
          if (!std::ranges::binary_search(outdated, wait.started_by)) kept.push_back(std::move(wait));
      });
  std::vector<CountedWait> wanted;
  for (const WaitPage& page : WaitPage::pack(waits_of_day(sql, *day, promises)))
    std::ranges::move(page.unpack(), std::back_inserter(wanted));
  std::ranges::sort(kept, {}, &CountedWait::started_by);
  std::ranges::sort(wanted, {}, &CountedWait::started_by);
  if (kept == wanted) return {};
  const std::chrono::local_days date{std::chrono::days{*day}};
  return {"reports: what is kept of " + to_date(date) + " is not what its " + std::to_string(wanted.size()) +
          " waits are; mend it with fifteen reindex"};
}

}  // namespace fifteen::desk
