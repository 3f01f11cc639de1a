#pragma once
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/schedules.hpp"

// Business hours as admins set them: named schedules, each a row of versions. What has begun is never changed, only
// followed by a further version; a change holds the running waits of its mailboxes anew.
namespace fifteen::desk {

inline constexpr std::size_t most_spans = 200;      // in a week
inline constexpr std::size_t most_holidays = 2000;  // in a version

struct Hours {
  TimeZone zone;
  std::vector<WeeklySpan> weekly;
  store::HolidayNames holidays;  // a name may be empty
};
ScheduleVersion version_of(const Hours& hours, Instant from);

struct ScheduleView {
  store::NamedSchedule about;
  Schedule schedule;
  store::HolidayNames names;
  std::vector<MailboxId> mailboxes;  // that keep it
  std::optional<store::ScheduleCalendar> calendar;

  // The first one rules before its start, too.
  bool has_begun(const ScheduleVersion& version, Instant now) const;
};
std::vector<ScheduleView> list_schedules(store::Session& sql);
// errc::not_found, as below.
result<ScheduleView> read_schedule(store::Session& sql, ScheduleId id);

// errc::forbidden, here and below: admins only. errc::invalid: no name, too many spans or holidays, no such mailbox.
// Its first version also holds for what came in before.
result<ScheduleView> add_schedule(store::Session& sql, const Actor& actor, std::string_view name, const Hours& hours,
                                  const std::vector<MailboxId>& mailboxes, Instant now);

struct ScheduleChange {
  std::optional<std::string> name;
  std::optional<std::vector<MailboxId>> mailboxes;  // these keep it; others that did are always open
};
result<ScheduleView> change_schedule(store::Session& sql, const Actor& actor, ScheduleId id, const ScheduleChange& wish,
                                     Instant now);
// errc::conflict: a mailbox keeps it.
result<void> remove_schedule(store::Session& sql, const Actor& actor, ScheduleId id, Instant now);

// A version from an instant on, in the place of one that was to begin then. errc::expired: that instant has passed.
result<ScheduleView> set_version(store::Session& sql, const Actor& actor, ScheduleId id, const Hours& hours,
                                 Instant from, Instant now);
// errc::not_found; errc::expired: it has begun.
result<ScheduleView> remove_version(store::Session& sql, const Actor& actor, ScheduleId id, Instant from, Instant now);

// Where its holidays are read from; the first reading is due at once. None: nowhere; the holidays stay.
// errc::invalid: no address that WebClient takes.
result<ScheduleView> set_calendar_url(store::Session& sql, const Actor& actor, ScheduleId id,
                                      const std::optional<std::string>& url, Instant now);
// What came of reading its calendar; a failure is a sentence for people. The future days that it named before and names
// no more go, new ones come, in the version in force (as a further one, from now on) and in those to come. A schedule
// whose calendar is another by now keeps its own.
void calendar_read(store::Session& sql, store::ScheduleCalendar calendar,
                   const std::expected<store::HolidayNames, std::string>& holidays, Instant now);

}  // namespace fifteen::desk
