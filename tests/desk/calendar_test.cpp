#include "server/desk/hours/calendar.hpp"

#include <random>

#include <gtest/gtest.h>

#include "server/domain/schedule_words.hpp"

namespace fifteen::desk {
namespace {

const auto today = *parse_date("2026-11-26");

std::string calendar(const std::string& events) {
  std::string text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Holidays//EN\n" + events + "END:VCALENDAR\n";
  std::string lines;
  for (const char c : text) lines += c == '\n' ? "\r\n" : std::string(1, c);
  return lines;
}

std::string event(const std::string& lines) {
  return "BEGIN:VEVENT\n" + lines + "\nEND:VEVENT\n";
}

// "2026-12-25 Christmas, 2026-12-26 Boxing Day"
std::string told(const CalendarReading& reading) {
  std::string text;
  for (const auto& [day, name] : reading.holidays) {
    if (!text.empty()) text += ", ";
    text += to_date(day) + (name.empty() ? "" : " " + name);
  }
  return text;
}

struct Case {
  const char* what;
  std::string events;
  const char* holidays;
};

TEST(ReadCalendar, TakesTheDaysOfAllDayEvents) {
  for (const Case& c : {
           Case{"a day", event("DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas"), "2026-12-25 Christmas"},
           Case{"its end is the day after",
                event("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\nSUMMARY:Christmas"),
                "2026-12-25 Christmas"},
           Case{"several days", event("DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102\nSUMMARY:Turn"),
                "2026-12-30 Turn, 2026-12-31 Turn, 2027-01-01 Turn"},
           Case{"as a duration", event("DTSTART;VALUE=DATE:20261225\nDURATION:P2D\nSUMMARY:X"),
                "2026-12-25 X, 2026-12-26 X"},
           Case{"an end before the start is a day", event("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20251225"),
                "2026-12-25"},
           Case{"yearly, with a day taken out, within five years",
                event("DTSTART;VALUE=DATE:20101225\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20281225\nSUMMARY:C"),
                "2025-12-25 C, 2026-12-25 C, 2027-12-25 C, 2029-12-25 C, 2030-12-25 C"},
           Case{"the first Monday of September",
                event("DTSTART;VALUE=DATE:20260907\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO;COUNT=3\nSUMMARY:L"),
                "2026-09-07 L, 2027-09-06 L, 2028-09-04 L"},
           Case{"until", event("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;UNTIL=20270501"),
                "2026-05-01, 2027-05-01"},
           Case{"further days", event("DTSTART;VALUE=DATE:20260501\nRDATE;VALUE=DATE:20260601,20260701"),
                "2026-05-01, 2026-06-01, 2026-07-01"},
           Case{"one instance moved, one cancelled",
                event("UID:a\nDTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;COUNT=3\nSUMMARY:May") +
                    event("UID:a\nRECURRENCE-ID;VALUE=DATE:20270501\nDTSTART;VALUE=DATE:20270503\nSUMMARY:Later") +
                    event("UID:a\nRECURRENCE-ID;VALUE=DATE:20280501\nDTSTART;VALUE=DATE:20280501\nSTATUS:CANCELLED"),
                "2026-05-01 May, 2027-05-03 Later"},
           Case{"no repetition that never comes",
                event("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "2026-05-01"},
           Case{"not what is long past or far ahead",
                event("DTSTART;VALUE=DATE:20240501") + event("DTSTART;VALUE=DATE:20450501"), ""},
           Case{"folded lines, escaped text, other alphabets",
                event("DTSTART;VALUE=DATE:20270107\nSUMMARY:Рождество\\, \n Христово"),
                "2027-01-07 Рождество, Христово"},
           Case{"one line of a text of several", event("DTSTART;VALUE=DATE:20270107\nSUMMARY:One\\nTwo"),
                "2027-01-07 One Two"},
           Case{"two of a day: the first's name",
                event("DTSTART;VALUE=DATE:20270107\nSUMMARY:A") + event("DTSTART;VALUE=DATE:20270107\nSUMMARY:B"),
                "2027-01-07 A"},
       }) {
    const auto reading = read_calendar(calendar(c.events), today);
    ASSERT_TRUE(reading) << c.what << ": " << reading.error();
    EXPECT_EQ(told(*reading), c.holidays) << c.what;
  }
}

TEST(ReadCalendar, CountsWhatItLeavesOut) {
  const auto reading =
      read_calendar(calendar(event("DTSTART:20261225T090000Z\nDTEND:20261225T170000Z\nSUMMARY:Meeting") +
                             event("DTSTART;TZID=Europe/Rome:20261225T090000\nSUMMARY:Lunch") +
                             event("DTSTART;VALUE=DATE:20261224\nSTATUS:CANCELLED") + event("SUMMARY:No date") +
                             event("DTSTART;VALUE=DATE:20261231\nRRULE:FREQ=SECONDLY\nSUMMARY:New Year's Eve")),
                    today);
  ASSERT_TRUE(reading);
  EXPECT_EQ(told(*reading), "2026-12-31 New Year's Eve");
  EXPECT_EQ(reading->timed, 2);
  EXPECT_EQ(reading->cancelled, 1);
  EXPECT_EQ(reading->unreadable, 2);
}

TEST(ReadCalendar, SaysWhatItCannotRead) {
  const auto mistake = [](const std::string& bytes) {
    const auto reading = read_calendar(bytes, today);
    return reading ? "" : reading.error();
  };
  EXPECT_EQ(mistake(""), "This is not an iCalendar file: it has no line BEGIN:VCALENDAR.");
  EXPECT_EQ(mistake("<!doctype html><title>Sign in</title>"),
            "This is not an iCalendar file: it has no line BEGIN:VCALENDAR.");
  EXPECT_EQ(mistake(std::string(longest_calendar + 1, 'x')), "The calendar is larger than 1 MiB.");
  EXPECT_EQ(mistake("BEGIN:VCALENDAR\n" + std::string(60'000, '\n')), "The calendar has more than 50,000 lines.");
  for (const char* begin : {"BEGIN:VEVENT\n", "BEG\r\n IN:VEVENT\r\n", "begin;x=1:VEVENT\n"}) {
    std::string deep = "BEGIN:VCALENDAR\n";
    for (int i = 0; i < 20'000; ++i) deep += begin;
    EXPECT_EQ(mistake(deep), "The calendar's parts lie too deep in one another.") << begin;
  }
  EXPECT_EQ(mistake("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VEVENT\n"), "The calendar ends parts that it did not begin.");
  std::string often;
  for (int i = 0; i < 40; ++i) often += event("DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY");
  EXPECT_EQ(mistake(calendar(often)), "The calendar's events repeat too often to follow.");
}

// A file of holidays with a few thousand changes: reading ends, and what comes out is days within the horizon.
TEST(ReadCalendar, SurvivesMutatedCalendars) {
  const std::string seed = calendar(
      event("UID:a\nDTSTART;VALUE=DATE:20101225\nRRULE:FREQ=YEARLY;BYDAY=1MO,-1FR;COUNT=30\n"
            "EXDATE;VALUE=DATE:20281225,20291225\nSUMMARY:Christmas\\, all day") +
      event("UID:a\nRECURRENCE-ID;VALUE=DATE:20271225\nDTSTART;VALUE=DATE:20271226\nSTATUS:CONFIRMED") +
      event("DTSTART;TZID=Europe/Rome:20261225T090000\nDURATION:PT1H\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM"));
  static const char* const tokens[] = {"\r\n",
                                       "BEGIN:VEVENT\r\n",
                                       "END:VEVENT\r\n",
                                       ";VALUE=DATE",
                                       ":",
                                       "RRULE:FREQ=",
                                       "DAILY;INTERVAL=",
                                       "99999999999",
                                       "-1",
                                       "BYDAY=53SU,",
                                       "RSCALE=CHINESE;",
                                       "\xFF\xFE",
                                       "DURATION:P9999W\r\n",
                                       "RDATE;VALUE=PERIOD:"};
  std::mt19937 random(20261126);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes = seed;
    for (unsigned changes = 1 + random() % 20; changes-- > 0 && !bytes.empty();) {
      const auto at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.erase(at, random() % 40);
          break;
        case 2:
          bytes.insert(at, tokens[random() % std::size(tokens)]);
          break;
        default:
          bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 100));
      }
    }
    const auto reading = read_calendar(bytes, today);
    if (!reading) continue;
    for (const auto& [day, name] : reading->holidays) {
      EXPECT_GE(day, today - std::chrono::days{366});
      EXPECT_LE(day, today + std::chrono::days{5 * 366});
      EXPECT_LE(name.size(), 200u);
    }
  }
}

}  // namespace
}  // namespace fifteen::desk
