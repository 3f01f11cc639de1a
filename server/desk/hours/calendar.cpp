#include "server/desk/hours/calendar.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include <libical/ical.h>

#include "mail/utf8.hpp"

namespace fifteen::desk {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr std::size_t most_lines = 50'000;  // libical takes some 600 bytes a property
constexpr int deepest = 4;                  // VCALENDAR, VEVENT, VALARM; libical frees by recursion
constexpr int most_days_of_an_event = 366;
constexpr int most_steps = 100'000;  // through repetitions, in all

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

struct Horizon {
  local_days first, last;
};

// Whether a line is the property `name`, in any case.
bool is_property(std::string_view line, std::string_view name) {
  const auto same = [](char a, char b) { return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 32) : a) == b; };
  return line.size() > name.size() && (line[name.size()] == ':' || line[name.size()] == ';') &&
         std::ranges::equal(line.substr(0, name.size()), name, same);
}

// libical builds what it reads, writes to standard error what does not fit, and frees by recursion; so the shape is
// looked at before it is asked.
class Shape {
 public:
  // One line, unfolded (RFC 5545, 3.1); its first characters are enough.
  void take(std::string_view line) {
    if (is_property(line, "BEGIN")) {
      is_calendar |= line.substr(6).starts_with("VCALENDAR");
      is_too_deep |= ++depth_ > deepest;
    } else if (is_property(line, "END")) {
      is_torn |= --depth_ < 0;
    }
  }
  bool is_calendar = false, is_too_deep = false, is_torn = false;

 private:
  int depth_ = 0;
};

std::string mistake_in(std::string_view bytes) {
  constexpr std::size_t telling = 16;
  if (bytes.size() > longest_calendar) return "The calendar is larger than 1 MiB.";
  Shape shape;
  std::string head;
  for (std::size_t lines = 0; !bytes.empty(); ++lines) {
    if (lines == most_lines) return "The calendar has more than 50,000 lines.";
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.starts_with(' ') || line.starts_with('\t')) {
      head += line.substr(1, telling - std::min(telling, head.size()));
      continue;
    }
    shape.take(head);
    head = line.substr(0, telling);
    if (head.ends_with('\r')) head.pop_back();
  }
  shape.take(head);
  if (!shape.is_calendar) return "This is not an iCalendar file: it has no line BEGIN:VCALENDAR.";
  if (shape.is_too_deep) return "The calendar's parts lie too deep in one another.";
  return shape.is_torn ? "The calendar ends parts that it did not begin." : "";
}

std::optional<local_days> day_of(const icaltimetype& time) {
  const std::chrono::year_month_day date{std::chrono::year{time.year},
                                         std::chrono::month(static_cast<unsigned>(time.month)),
                                         std::chrono::day(static_cast<unsigned>(time.day))};
  if (icaltime_is_null_time(time) || time.month < 1 || time.day < 1 || time.year < 1900 || !date.ok()) return {};
  return local_days{date};
}

template <class Take>
void each_property(icalcomponent* event, icalproperty_kind kind, Take take) {
  for (icalproperty* property = icalcomponent_get_first_property(event, kind); property;
       property = icalcomponent_get_next_property(event, kind))
    take(property);
}

std::string text_of(const char* text) {
  return text ? mail::clean_line(text) : std::string();
}

// How many days an event takes, from its first on (DTEND is the day after it, RFC 5545 3.6.1).
int length_of(icalcomponent* event, local_days first) {
  int length = 1;
  each_property(event, ICAL_DTEND_PROPERTY, [&](icalproperty* property) {
    if (const auto end = day_of(icalproperty_get_dtend(property)))
      length = static_cast<int>(std::clamp<std::int64_t>((*end - first).count(), 1, most_days_of_an_event));
  });
  each_property(event, ICAL_DURATION_PROPERTY, [&](icalproperty* property) {
    const icaldurationtype duration = icalproperty_get_duration(property);
    const auto whole = duration.days + 7ULL * duration.weeks;
    if (!duration.is_neg) length = static_cast<int>(std::clamp<unsigned long long>(whole, 1, most_days_of_an_event));
  });
  return length;
}

class Reader {
 public:
  explicit Reader(Horizon horizon) : horizon_(horizon) {}

  void read(icalcomponent* calendar) {
    std::vector<icalcomponent*> events;
    for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
      events.push_back(event);
    for (icalcomponent* event : events)
      if (const auto moved = day_of(icalcomponent_get_recurrenceid(event)))
        moved_.emplace(text_of(icalcomponent_get_uid(event)), *moved);
    for (icalcomponent* event : events) take(event);
  }

  bool is_exhausted() const { return steps_ > most_steps; }
  CalendarReading reading;

 private:
  void take(icalcomponent* event) {
    if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) {
      ++reading.cancelled;
      return;
    }
    icalproperty* start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
    const icaltimetype time = start ? icalproperty_get_dtstart(start) : icaltime_null_time();
    const auto first = day_of(time);
    if (!first) {
      ++reading.unreadable;
      return;
    }
    if (!time.is_date) {
      ++reading.timed;
      return;
    }
    name_ = mail::head(text_of(icalcomponent_get_summary(event)), 200);
    length_ = length_of(event, *first);
    // An exception to a repeated event stands for itself.
    const bool is_exception = day_of(icalcomponent_get_recurrenceid(event)).has_value();
    without_.clear();
    if (!is_exception)
      for (const auto& [uid, day] : moved_)
        if (uid == text_of(icalcomponent_get_uid(event))) without_.insert(day);
    each_property(event, ICAL_EXDATE_PROPERTY, [&](icalproperty* property) {
      if (const auto day = day_of(icalproperty_get_exdate(property))) without_.insert(*day);
    });
    add(*first);
    if (is_exception) return;
    each_property(event, ICAL_RDATE_PROPERTY, [&](icalproperty* property) {
      if (const auto day = day_of(icalproperty_get_rdate(property).time)) add(*day);
    });
    each_property(event, ICAL_RRULE_PROPERTY,
                  [&](icalproperty* property) { repeat(icalproperty_get_rrule(property), time); });
  }

  void repeat(const icalrecurrencetype& rule, const icaltimetype& start) {
    if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE) {
      ++reading.unreadable;
      return;
    }
    const std::unique_ptr<icalrecur_iterator, FreeIterator> next(icalrecur_iterator_new(rule, start));
    while (next && ++steps_ <= most_steps) {
      const auto day = day_of(icalrecur_iterator_next(next.get()));
      if (!day || *day > horizon_.last) return;
      add(*day);
    }
  }

  void add(local_days first) {
    if (without_.contains(first)) return;
    for (local_days day = std::max(first, horizon_.first); day < first + days{length_} && day <= horizon_.last;
         day += days{1}) {
      auto& name = reading.holidays[day];
      if (name.empty()) name = name_;
    }
  }

  Horizon horizon_;
  std::set<std::pair<std::string, local_days>> moved_;  // UID and day of instances that stand for themselves
  int steps_ = 0;
  // Of the event at hand:
  std::string name_;
  int length_ = 1;
  std::set<local_days> without_;
};

}  // namespace

std::expected<CalendarReading, std::string> read_calendar(std::string_view bytes, local_days today) {
  if (const std::string mistake = mistake_in(bytes); !mistake.empty()) return std::unexpected(mistake);
  icalerror_set_errors_are_fatal(0);
  const std::string text(bytes.substr(0, bytes.find('\0')));
  const std::unique_ptr<icalcomponent, FreeComponent> root(icalparser_parse_string(text.c_str()));
  if (!root) return std::unexpected("The calendar can't be read.");
  Reader reader({today - days{366}, today + days{5 * 366}});
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) reader.read(root.get());
  for (icalcomponent* calendar = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT); calendar;
       calendar = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT))
    reader.read(calendar);
  if (reader.is_exhausted()) return std::unexpected("The calendar's events repeat too often to follow.");
  return std::move(reader.reading);
}

}  // namespace fifteen::desk
