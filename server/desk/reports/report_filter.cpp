#include "server/desk/reports/report_filter.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "server/domain/schedule_words.hpp"
#include "server/store/columns.hpp"

namespace fifteen::desk {
namespace {

bool passes(Facet facet, const std::string& text, const std::string& wanted) {
  if (facet != Facet::tags || wanted.empty()) return text == wanted;
  const auto tags = store::from_lines(text);
  return std::ranges::find(tags, wanted) != tags.end();
}

bool has_ended_so(const SeenWait& seen, EndingFilter wanted) {
  const MeasuredWait& wait = seen.measured;
  const bool answered = wait.ending == Ending::answered;
  switch (wanted) {
    case EndingFilter::any:
      return true;
    case EndingFilter::answered:
      return answered;
    case EndingFilter::met:
      return wait.is_met();
    case EndingFilter::missed:
      return answered && !wait.is_met();
    case EndingFilter::running:
      return wait.ending == Ending::running;
    case EndingFilter::overdue:
      return wait.is_overdue();
    case EndingFilter::late:
      return wait.is_overdue() || (answered && !wait.is_met());
    case EndingFilter::closed_unanswered:
      return wait.ending == Ending::closed_unanswered;
    case EndingFilter::self_solved:
      return wait.ending == Ending::self_solved;
    case EndingFilter::off_hours:
      return answered && wait.business == Microseconds{0};
    case EndingFilter::rated:
      return answered && seen.rated != Rated::no;
    case EndingFilter::kudos:
      return answered && seen.rated == Rated::kudos;
  }
  return false;
}

}  // namespace

std::optional<EndingFilter> parse_ending_filter(std::string_view word) {
  static constexpr std::array<std::string_view, 12> words = {
      "",     "answered",          "met",         "missed",    "running", "overdue",
      "late", "closed_unanswered", "self_solved", "off_hours", "rated",   "kudos"};
  const auto found = std::ranges::find(words, word);
  if (found == words.end() || word.empty()) return {};
  return static_cast<EndingFilter>(found - words.begin());
}

std::optional<int> parse_week_hour(std::string_view text) {
  if (text.size() != 6 || text[3] != ' ') return {};
  const auto day = parse_weekday(text.substr(0, 3));
  int hour = 0;
  const auto [end, error] = std::from_chars(text.data() + 4, text.data() + 6, hour);
  if (!day || error != std::errc{} || end != text.data() + 6 || hour < 0 || hour > 23) return {};
  return 24 * (static_cast<int>(day->iso_encoding()) - 1) + hour;
}

std::string week_hour(int hour) {
  const std::chrono::weekday day{static_cast<unsigned>(hour / 24 + 1)};
  return fmt::format("{} {:02}", fifteen::name(day), hour % 24);
}

void WaitSieve::look_at_texts(const WaitPage& page) {
  is_picky_ = false;
  for (std::size_t i = 0; i < facet_count; ++i) {
    passes_[i].clear();
    if (!filter_.facets[i]) continue;
    const auto facet = static_cast<Facet>(i);
    for (const std::string& text : page.texts(facet)) passes_[i].push_back(passes(facet, text, *filter_.facets[i]));
    is_picky_ |= std::ranges::find(passes_[i], 0) != passes_[i].end();
  }
}

bool WaitSieve::has_facets(const WaitPage& page, std::size_t row) const {
  for (std::size_t i = 0; i < facet_count; ++i)
    if (!passes_[i].empty() && !passes_[i][page.place(row, static_cast<Facet>(i))]) return false;
  return true;
}

bool WaitSieve::fits(const SeenWait& seen) const {
  const MeasuredWait& wait = seen.measured;
  if (filter_.hour && seen.hour != *filter_.hour) return false;
  if (filter_.day && seen.day != *filter_.day) return false;
  if (filter_.bucket && !(wait.is_timed() && bucket_of(wait.time(filter_.clock), wait_bounds) == *filter_.bucket))
    return false;
  if (filter_.reply_bucket &&
      !(wait.ending == Ending::answered && bucket_of(wait.wall, kudos_bounds) == *filter_.reply_bucket))
    return false;
  return has_ended_so(seen, filter_.ending);
}

void WaitSieve::measure(const WaitPage& page, SeenWait& seen) const {
  const std::string& mailbox = page.texts(Facet::mailbox)[page.place(seen.row, Facet::mailbox)];
  std::int64_t id = 0;
  std::from_chars(mailbox.data(), mailbox.data() + mailbox.size(), id);
  MeasuredWait& wait = seen.measured;
  wait.wall = period_.now - wait.started_at;
  wait.business = promises_.schedule(MailboxId(id)).business_time(wait.started_at, period_.now);
}

}  // namespace fifteen::desk
