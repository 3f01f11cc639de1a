#pragma once
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/time_zone.hpp"
#include "server/domain/words.hpp"

namespace fifteen {

// What an agent may be told of.
enum class Notice { alert_50, alert_80, alert_100, ticket, answer, assigned, mention, kudos };
inline constexpr std::array all_notices = {Notice::alert_50, Notice::alert_80, Notice::alert_100, Notice::ticket,
                                           Notice::answer,   Notice::assigned, Notice::mention,   Notice::kudos};
std::string_view name(Notice notice);
template <>
std::optional<Notice> parse<Notice>(std::string_view text);
// Of one of alert_levels.
Notice alert_at(int level);

struct Channels {
  bool screen = false;   // under the bell, and as a line on the page
  bool browser = false;  // the browser's own notification
  bool mail = false;

  bool any() const { return screen || browser || mail; }
  friend bool operator==(const Channels&, const Channels&) = default;
};

// When she wants no noise: a span of every day (past midnight when it ends before it starts; equal: none), and whole
// days.
struct QuietHours {
  std::chrono::minutes from{}, until{};
  std::vector<std::chrono::weekday> days;
  TimeZone zone;

  bool holds(Instant t) const;
  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

// What one agent wants to be told, and where.
struct NoticeChoices {
  std::array<Channels, all_notices.size()> channels;
  QuietHours quiet;
  std::string language = "en";  // of her mails

  const Channels& of(Notice notice) const { return channels[static_cast<std::size_t>(notice)]; }
  Channels& of(Notice notice) { return channels[static_cast<std::size_t>(notice)]; }
  // What she wants to be told there.
  std::vector<Notice> on(bool Channels::* channel) const;
  // What goes out now: in her quiet hours nothing but the line under the bell.
  Channels wanted(Notice notice, Instant now) const;
  friend bool operator==(const NoticeChoices&, const NoticeChoices&) = default;
};

// Until somebody chooses. New tickets stand in the inbox as they come, so they are told only to who asks.
NoticeChoices default_choices();

}  // namespace fifteen
