#include "server/desk/deflection/draft_days.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <set>
#include <stdexcept>

#include "server/base/random.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/store/deflection_days.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

constexpr std::string_view kept_setting = "deflection.kept_days";
constexpr std::chrono::days usually_kept{180};
constexpr int days_at_once = 31;  // of packed ones: 8 MB of a desk with a million drafts a quarter
constexpr int forgotten_at_once = 1000;
constexpr char layout = 1;

std::int64_t day_of(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}
Instant start_of(std::int64_t day) {
  return Instant(std::chrono::days(day));
}

std::uint64_t hash_of(std::string_view visitor) {
  const std::string hex = sha256_hex(visitor);
  std::uint64_t hash = 0;
  std::from_chars(hex.data(), hex.data() + 16, hash, 16);
  return hash;
}

DraftEnd end_of(const store::QuestionDraft& draft, Instant now) {
  if (draft.sent_at) return DraftEnd::sent;
  if (!is_over(draft, now) && draft.channel != Channel::email) return DraftEnd::open;
  return draft.has(store::DraftAct::solved) ? DraftEnd::solved : DraftEnd::abandoned;
}

// The articles of a draft's list and of what was done with it.
std::vector<ArticleMarks> marks_of(const store::DraftActs& acts) {
  std::vector<ArticleMarks> marks;
  const auto mark = [&](ArticleId article, int bit) {
    const auto known = std::ranges::find(marks, article, &ArticleMarks::article);
    if (known == marks.end())
      marks.push_back({article, bit});
    else
      known->marks |= bit;
  };
  if (acts.draft.answers)
    for (const auto& answer : *acts.draft.answers)
      if (!answer.is_idea) mark(ArticleId(answer.id), ArticleMarks::listed);
  for (const auto& [act, article] : acts.acts)
    if (article) mark(article, static_cast<int>(act));
  return marks;
}

CountedDraft to_counted(const store::QuestionDraft& draft, std::span<const ArticleMarks> marks, Instant now) {
  return {.visitor = hash_of(draft.visitor),
          .started_at = draft.started_at,
          .channel = draft.channel,
          .shown = draft.shown,
          .end = end_of(draft, now),
          .acts = draft.acts,
          .listed_nothing = draft.answers && draft.answers->empty(),
          .marks = marks};
}

// A number in groups of seven bits, the lowest first, the last one marked.
void put(std::string& bytes, std::uint64_t number) {
  for (; number >= 128; number >>= 7) bytes += static_cast<char>(number & 127);
  bytes += static_cast<char>(number | 128);
}

// visitor (8 bytes), start since the one before, flags, channel, marks: [article, marks].
void put(std::string& bytes, const CountedDraft& draft, Instant& before) {
  for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(draft.visitor >> shift);
  put(bytes, static_cast<std::uint64_t>((draft.started_at - before).count()));
  before = draft.started_at;
  bytes += static_cast<char>(static_cast<int>(draft.shown) | static_cast<int>(draft.end) << 2 | draft.acts << 4);
  bytes += static_cast<char>(static_cast<int>(draft.channel) | int{draft.listed_nothing} << 3);
  put(bytes, draft.marks.size());
  for (const ArticleMarks& marks : draft.marks) {
    put(bytes, static_cast<std::uint64_t>(marks.article.value));
    bytes += static_cast<char>(marks.marks);
  }
}

class Unpacked {
 public:
  explicit Unpacked(std::string_view bytes, Instant day) : bytes_(bytes), at_(day) {
    if (byte() != layout) fail();
  }
  bool is_at_end() const { return bytes_.empty(); }
  CountedDraft next() {
    CountedDraft draft;
    for (int shift = 0; shift < 64; shift += 8) draft.visitor |= static_cast<std::uint64_t>(byte()) << shift;
    at_ += Microseconds{number()};
    draft.started_at = at_;
    const int flags = byte(), kind = byte();
    draft.shown = static_cast<store::Shown>(flags & 3);
    draft.end = static_cast<DraftEnd>(flags >> 2 & 3);
    draft.acts = flags >> 4;
    draft.channel = static_cast<Channel>(kind & 7);
    draft.listed_nothing = kind & 8;
    marks_.resize(number());
    for (ArticleMarks& marks : marks_) {
      marks.article = ArticleId(static_cast<std::int64_t>(number()));
      marks.marks = byte();
    }
    draft.marks = marks_;
    return draft;
  }

 private:
  [[noreturn]] static void fail() { throw std::runtime_error("a packed day of drafts is damaged"); }
  unsigned char byte() {
    if (bytes_.empty()) fail();
    const auto first = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return first;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const unsigned char group = byte();
      value |= static_cast<std::uint64_t>(group & 127) << shift;
      if (group & 128) return value;
    }
    fail();
  }

  std::string_view bytes_;
  Instant at_;
  std::vector<ArticleMarks> marks_;
};

void visit_rows(store::Session& sql, Instant from, Instant to, Instant now, const DraftVisit& visit) {
  // A day at a time, past those without any.
  for (auto next = store::next_draft_start(sql, from); next && *next < to;) {
    const Instant end = std::min(to, start_of(day_of(*next) + 1));
    for (const auto& acts : store::drafts_between(sql, *next, end)) {
      const auto marks = marks_of(acts);
      visit(to_counted(acts.draft, marks, now));
    }
    next = store::next_draft_start(sql, end);
  }
}

void visit_packed(const store::DraftDay& day, Instant from, Instant to, const DraftVisit& visit) {
  for (Unpacked drafts(day.bytes, start_of(day.day)); !drafts.is_at_end();) {
    const CountedDraft draft = drafts.next();
    if (draft.started_at >= to) return;
    if (draft.started_at >= from) visit(draft);
  }
}

// None: somebody is still at one of them.
std::optional<std::string> pack(store::Session& sql, std::int64_t day, Instant now) {
  std::string bytes(1, layout);
  Instant before = start_of(day);
  for (const auto& acts : store::drafts_between(sql, start_of(day), start_of(day + 1))) {
    const auto marks = marks_of(acts);
    const CountedDraft draft = to_counted(acts.draft, marks, now);
    if (draft.end == DraftEnd::open) return {};
    put(bytes, draft, before);
  }
  return bytes;
}

// A changed day that is packed, or the first one behind those that are.
std::optional<std::int64_t> day_to_pack(store::Session& sql) {
  const auto last = store::last_draft_day(sql);
  for (const auto& changed : store::changed_draft_days(sql))
    if (last && changed.day <= *last) return changed.day;
  const auto next = store::next_draft_start(sql, last ? start_of(*last + 1) : Instant::min());
  if (!next) return {};
  return day_of(*next);
}

}  // namespace

void each_draft(store::Session& sql, Instant from, Instant to, Instant now, const DraftVisit& visit) {
  if (from >= to) return;
  const std::int64_t last = day_of(to - Microseconds{1});
  const auto changed = store::changed_draft_days(sql);
  const auto is_changed = [&](std::int64_t day) {
    return std::ranges::find(changed, day, &store::ChangedDay::day) != changed.end();
  };
  Instant seen = from;  // up to here
  for (std::int64_t first = day_of(from); first <= last; first += days_at_once)
    for (const auto& packed : store::draft_days(sql, first, std::min(last, first + days_at_once - 1))) {
      if (is_changed(packed.day)) continue;
      visit_rows(sql, seen, start_of(packed.day), now, visit);
      visit_packed(packed, from, to, visit);
      seen = start_of(packed.day + 1);
    }
  visit_rows(sql, seen, to, now, visit);
}

std::optional<std::int64_t> pack_next_draft_day(store::Session& sql, Instant now) {
  const auto day = day_to_pack(sql);
  if (!day || now < start_of(*day + 1) + draft_lasts) return {};
  // Read before the drafts that they speak of: what changes meanwhile has a note that stays.
  const auto notes = store::changed_draft_days(sql);
  auto bytes = pack(sql, *day, now);
  if (!bytes) return {};
  store::save_draft_day(sql, {*day, std::move(*bytes)});
  for (const auto& note : notes)
    if (note.day == *day) store::forget_changed_drafts(sql, note.note);
  return day;
}

std::vector<std::string> check_draft_days(store::Session& sql, std::int64_t first, std::optional<std::int64_t>& day,
                                          Instant now) {
  day.reset();
  const auto oldest = store::next_draft_start(sql, Instant::min());
  const auto last = store::last_draft_day(sql);
  if (!oldest || !last) return {};
  const std::int64_t next = std::max({first, day_of(*oldest), day_of(now - kept_words(sql))});
  if (next > *last) return {};
  day = next;
  const auto changed = store::changed_draft_days(sql);
  if (std::ranges::find(changed, next, &store::ChangedDay::day) != changed.end()) return {};
  const auto kept = store::draft_days(sql, next, next);
  const auto wanted = pack(sql, next, now);
  // A day without drafts is not packed.
  if (kept.empty() ? wanted == std::string(1, layout) : wanted == kept.front().bytes) return {};
  const std::chrono::local_days date{std::chrono::days{next}};
  return {"reports: what is kept of " + to_date(date) + " is not what the drafts of questions are that began then"};
}

std::int64_t forget_old_drafts(store::Session& sql, Instant now) {
  const auto last = store::last_draft_day(sql);
  if (!last) return 0;
  std::int64_t first_needed = std::min(day_of(now - kept_words(sql)), *last + 1);
  for (const auto& changed : store::changed_draft_days(sql)) first_needed = std::min(first_needed, changed.day);
  return store::drop_old_drafts(sql, start_of(first_needed), forgotten_at_once);
}

std::chrono::days kept_words(store::Session& sql) {
  int days = usually_kept.count();
  if (const auto kept = store::setting(sql, kept_setting))
    std::from_chars(kept->data(), kept->data() + kept->size(), days);
  return std::clamp(std::chrono::days(days), least_kept_words, most_kept_words);
}

void set_kept_words(store::Session& sql, std::chrono::days days) {
  store::set_setting(sql, kept_setting, std::to_string(std::clamp(days, least_kept_words, most_kept_words).count()));
}

}  // namespace fifteen::desk
