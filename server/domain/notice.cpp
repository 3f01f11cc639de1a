#include "server/domain/notice.hpp"

#include <algorithm>

namespace fifteen {
namespace {

constexpr std::array<std::string_view, all_notices.size()> names = {"alert_50", "alert_80", "alert_100", "ticket",
                                                                    "answer",   "assigned", "mention",   "kudos"};

}  // namespace

std::string_view name(Notice notice) {
  return names[static_cast<std::size_t>(notice)];
}

template <>
std::optional<Notice> parse<Notice>(std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return {};
  return static_cast<Notice>(found - names.begin());
}

Notice alert_at(int level) {
  return level >= 100 ? Notice::alert_100 : level >= 80 ? Notice::alert_80 : Notice::alert_50;
}

bool QuietHours::holds(Instant t) const {
  const LocalTime local = zone.to_local(t);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  if (std::ranges::find(days, std::chrono::weekday(day)) != days.end()) return true;
  const auto time = local - day;
  return from <= until ? from <= time && time < until : from <= time || time < until;
}

std::vector<Notice> NoticeChoices::on(bool Channels::* channel) const {
  std::vector<Notice> notices;
  for (const Notice notice : all_notices)
    if (of(notice).*channel) notices.push_back(notice);
  return notices;
}

Channels NoticeChoices::wanted(Notice notice, Instant now) const {
  const Channels& chosen = of(notice);
  return quiet.holds(now) ? Channels{.screen = chosen.screen} : chosen;
}

NoticeChoices default_choices() {
  NoticeChoices choices;
  for (const Notice notice : all_notices) choices.of(notice).screen = notice != Notice::ticket;
  for (const Notice notice : {Notice::alert_50, Notice::alert_80, Notice::alert_100, Notice::assigned, Notice::mention})
    choices.of(notice).browser = true;
  for (const Notice notice : {Notice::alert_100, Notice::mention}) choices.of(notice).mail = true;
  return choices;
}

}  // namespace fifteen
