#include "server/desk/history/history_import.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "server/base/rfc3339.hpp"
#include "server/desk/history/history_export.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/store/articles.hpp"
#include "tests/support/databases.hpp"

// Import, export and the reports on what was imported, on both databases. Figures are reckoned by hand.
namespace fifteen::desk {
namespace {

Instant at(const std::string& text) {
  return *parse_rfc3339(text);
}
const Instant now = at("2026-04-01T00:00:00Z");

// Two mailboxes, one with office hours in Rome (UTC+1 in March 2026 until the 29th); all on Monday, 2 March.
const char* const history =
    R"({"type":"schedule","id":"s1","zone":"Europe/Rome","weekly":[{"day":"mon","start":"09:00","end":"18:00"},{"day":"tue","start":"09:00","end":"18:00"}],"holidays":[]}
{"type":"mailbox","id":"m1","address":"help@example.com","name":"Help","target_seconds":900,"from":"2026-01-01T00:00:00Z"}
{"type":"mailbox","id":"m2","address":"office@example.com","name":"Office","target_seconds":600,"schedule":"s1","from":"2026-01-01T00:00:00Z"}
{"type":"target","from":"2026-01-01T00:00:00Z","mailbox":"m1","when":{"plan":"pro"},"target_seconds":300}
{"type":"agent","id":"a1","email":"ana@example.com","name":"Ana","role":"agent"}
{"type":"agent","id":"a2","email":"bob@example.com","name":"Bob","role":"agent"}
{"type":"customer","id":"c1","email":"joe@example.net","name":"Joe","traits":{"plan":"free"}}
{"type":"customer","id":"c2","email":"eve@example.net","name":"Eve","traits":{"plan":"pro"}}
{"type":"customer","id":"c3","name":"No address"}
{"type":"article","id":"k1","title":"Charges","body":"Why twice.","locale":"en","published":true}
{"type":"ticket","id":"t1","at":"2026-03-02T08:00:00Z","mailbox":"m1","customer":"c1","subject":"Two charges?","channel":"email","tags":["billing"],"started_by":"customer","priority":"high"}
{"type":"message","id":"x1","ticket":"t1","at":"2026-03-02T08:00:00Z","from":"customer","kind":"message","body":"I was charged twice."}
{"type":"message","ticket":"t1","at":"2026-03-02T08:00:01Z","from":"system","kind":"ack","body":"We have it."}
{"type":"ticket","id":"t2","at":"2026-03-02T08:01:00Z","mailbox":"m1","customer":"c2","subject":"Down","channel":"widget","tags":[],"started_by":"customer"}
{"type":"message","id":"x2","ticket":"t2","at":"2026-03-02T08:01:00Z","from":"customer","kind":"message","body":"It is down."}
{"type":"message","id":"x3","ticket":"t1","at":"2026-03-02T08:10:00Z","from":"agent:a1","kind":"reply","body":"Mended.","close":true,"to":["joe@example.net"]}
{"type":"message","id":"x4","ticket":"t2","at":"2026-03-02T08:11:00.000001Z","from":"agent:a2","kind":"reply","body":"Up again."}
{"type":"ticket","id":"t3","at":"2026-03-02T16:55:00Z","mailbox":"m2","customer":"c3","subject":"","channel":"form","tags":["a","b"],"started_by":"customer"}
{"type":"message","id":"x5","ticket":"t3","at":"2026-03-02T16:55:00Z","from":"customer","kind":"message","body":"Hello?"}
{"type":"assign","ticket":"t3","at":"2026-03-02T17:00:00Z","to":"agent:a2"}
{"type":"tag","ticket":"t3","at":"2026-03-02T17:00:00Z","add":["late"],"remove":["a"]}
{"type":"message","id":"x6","ticket":"t1","at":"2026-03-02T20:00:00Z","from":"customer","kind":"message","body":"Again!"}
{"type":"close","ticket":"t1","at":"2026-03-02T20:30:00Z","by":"agent:a1"}
{"type":"bounced","ticket":"t2","at":"2026-03-03T06:00:00Z","message":"x4"}
{"type":"message","id":"x7","ticket":"t3","at":"2026-03-03T08:04:00Z","from":"agent:a1","kind":"reply","body":"Good morning."}
{"type":"rating","ticket":"t3","message":"x7","at":"2026-03-03T09:00:00Z","score":"kudos","comment":"Kind."}
)";

class HistoryImport : public test::OnBothDatabases {
 protected:
  std::expected<ImportedHistory, std::string> import(const std::string& text, const std::string& source = "",
                                                     std::size_t chunk = 7, bool resume = false) {
    const auto file = files().folder().path() / "history.jsonl";
    std::ofstream(file, std::ios::binary) << text;
    return import_history(db(), {.file = file, .source = source, .resume = resume, .chunk = chunk}, now);
  }

  std::string report(const std::string& as_of, std::optional<ReportBy> by = {},
                     ReportedWaits waits = ReportedWaits::first, ClockKind clock = ClockKind::business) {
    const ReportWish wish{.period = {at("2026-03-01T00:00:00Z"), at("2026-03-08T00:00:00Z"), at(as_of)},
                          .waits = waits,
                          .by = by,
                          .clock = clock,
                          .zone = *TimeZone::find("Europe/Rome")};
    return db().read_now([&](store::Session& sql) { return to_json(report_responses(sql, wish), by.has_value()); });
  }

  std::string waits(const std::string& as_of) {
    const ReportPeriod period{at("2026-03-01T00:00:00Z"), at("2026-03-08T00:00:00Z"), at(as_of)};
    std::string lines;
    for (const std::string& line : db().read_now([&](store::Session& sql) { return report_waits(sql, period); }))
      lines += line + "\n";
    return lines;
  }

  std::string exported() {
    std::ostringstream out;
    export_history(db(), out);
    return out.str();
  }

  std::int64_t count(const char* table) {
    return db().read_now([&](store::Session& sql) {
      return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM " + std::string(table)));
    });
  }
};

TEST_P(HistoryImport, GivesTheFiguresReckonedByHand) {
  ASSERT_TRUE(import(history)) << import(history).error();
  // First waits: t1 x1 10 min (met 15), t2 x2 running since 08:01 (its reply bounced, target 5 min: overdue), t3 x5 9
  // min of business time (17:55 to 18:00 and 9:00 to 9:04 in Rome; met 10), t1 x6 closed unanswered.
  EXPECT_EQ(report("2026-03-03T08:31:00Z"),
            R"({"answered":2,"met":2,"running":1,"overdue":1,"closed_unanswered":1,"self_solved":0,"off_hours":0,)"
            R"("share":0.6666666666666666,"p50":600000000,"p75":88200000000,"p90":88200000000,"p95":88200000000,)"
            R"("p99":88200000000,"max":88200000000})");
  EXPECT_EQ(report("2026-03-03T08:31:00Z", {}, ReportedWaits::first, ClockKind::wall),
            R"({"answered":2,"met":2,"running":1,"overdue":1,"closed_unanswered":1,"self_solved":0,"off_hours":0,)"
            R"("share":0.6666666666666666,"p50":54540000000,"p75":88200000000,"p90":88200000000,"p95":88200000000,)"
            R"("p99":88200000000,"max":88200000000})");
  EXPECT_EQ(report("2026-03-03T08:31:00Z", {}, ReportedWaits::next).substr(0, 26), R"({"answered":0,"met":0,"run)");
}

TEST_P(HistoryImport, CountsOnlyWhatHadHappenedByThen) {
  ASSERT_TRUE(import(history));
  // At 09:00: t1 answered in 10 min, t2 answered in 10 min and 1 µs (target 5 min); the bounce is not known yet.
  EXPECT_EQ(
      report("2026-03-02T09:00:00Z"),
      R"({"answered":2,"met":1,"running":0,"overdue":0,"closed_unanswered":0,"self_solved":0,"off_hours":0,)"
      R"("share":0.5,"p50":600000000,"p75":600000001,"p90":600000001,"p95":600000001,"p99":600000001,"max":600000001})");
  EXPECT_EQ(report("2026-03-02T07:59:59Z"),
            R"({"answered":0,"met":0,"running":0,"overdue":0,"closed_unanswered":0,"self_solved":0,"off_hours":0,)"
            R"("share":null,"p50":null,"p75":null,"p90":null,"p95":null,"p99":null,"max":null})");
}

TEST_P(HistoryImport, GroupsByEachKey) {
  ASSERT_TRUE(import(history));
  const auto keys = [&](ReportBy by, const std::string& as_of = "2026-03-03T08:31:00Z") {
    const auto text = report(as_of, by);
    std::string found;
    for (std::size_t i = text.find("\"groups\""); (i = text.find("\":{\"answered\"", i)) != text.npos; ++i) {
      const auto start = text.rfind('"', i - 1);
      found += text.substr(start + 1, i - start - 1) + " ";
    }
    return found;
  };
  EXPECT_EQ(keys(ReportBy::agent), "a1 unassigned ") << "t1 and t3 answered by Ana, t2 and t1's second are nobody's";
  EXPECT_EQ(keys(ReportBy::agent, "2026-03-02T18:00:00Z"), "a1 a2 ") << "t2 answered by Bob, t3 assigned to him";
  EXPECT_EQ(keys(ReportBy::channel), "email form widget ");
  EXPECT_EQ(keys(ReportBy::mailbox), "m1 m2 ");
  EXPECT_EQ(keys(ReportBy::tag), "b billing late untagged ");
  EXPECT_EQ(keys(ReportBy::tag, "2026-03-02T16:59:00Z"), "a b billing untagged ");
  EXPECT_EQ(keys(ReportBy::plan), "free none pro ");
  EXPECT_EQ(keys(ReportBy::hour), "mon 09 mon 17 mon 21 ");
}

TEST_P(HistoryImport, ThePresentIsToldTheSameFromTheWaitsKept) {
  ASSERT_TRUE(import(history));
  for (const ReportedWaits waits : {ReportedWaits::first, ReportedWaits::next, ReportedWaits::all})
    for (const ReportBy by :
         {ReportBy::agent, ReportBy::channel, ReportBy::mailbox, ReportBy::tag, ReportBy::plan, ReportBy::hour}) {
      ReportWish wish{
          .period = {at("2026-03-01T00:00:00Z"), at("2026-03-08T00:00:00Z"), now}, .waits = waits, .by = by};
      const auto report = [&](store::Session& sql) { return to_json(report_responses(sql, wish), true); };
      const std::string from_facts = db().read_now(report);
      wish.is_present = true;
      EXPECT_EQ(db().read_now(report), from_facts);
    }
}

TEST_P(HistoryImport, TellsEachWait) {
  ASSERT_TRUE(import(history));
  EXPECT_EQ(
      waits("2026-03-03T08:31:00Z"),
      R"({"ticket":"t1","n":1,"first":true,"started_at":"2026-03-02T08:00:00.000000Z","due_at":"2026-03-02T08:15:00.000000Z","ended_at":"2026-03-02T08:10:00.000000Z","ending":"answered","wall":600000000,"business":600000000,"met":true,"agent":"a1"}
{"ticket":"t2","n":1,"first":true,"started_at":"2026-03-02T08:01:00.000000Z","due_at":"2026-03-02T08:06:00.000000Z","ended_at":null,"ending":"running","wall":88200000000,"business":88200000000,"met":null,"agent":null}
{"ticket":"t3","n":1,"first":true,"started_at":"2026-03-02T16:55:00.000000Z","due_at":"2026-03-03T08:05:00.000000Z","ended_at":"2026-03-03T08:04:00.000000Z","ending":"answered","wall":54540000000,"business":540000000,"met":true,"agent":"a1"}
{"ticket":"t1","n":2,"first":true,"started_at":"2026-03-02T20:00:00.000000Z","due_at":"2026-03-02T20:15:00.000000Z","ended_at":"2026-03-02T20:30:00.000000Z","ending":"closed_unanswered","wall":1800000000,"business":1800000000,"met":null,"agent":"a1"}
)");
}

TEST_P(HistoryImport, OfTheSameFileTwiceChangesNothing) {
  const auto first = import(history);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->added, 26u);
  const auto events = count("events"), messages = count("messages"), targets = count("targets");
  const std::string before = exported();
  const auto again = import(history, "", 500);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->added, 0u);
  EXPECT_EQ(again->known, 26u);
  EXPECT_EQ(count("events"), events);
  EXPECT_EQ(count("messages"), messages);
  EXPECT_EQ(count("targets"), targets);
  EXPECT_EQ(exported(), before);
}

TEST_P(HistoryImport, AnswersTeachTheArticlesThatTheyLinkTo) {
  const std::string linked =
      history +
      std::string(
          R"({"type":"message","id":"x8","ticket":"t1","at":"2026-03-04T08:00:00Z","from":"agent:a1","kind":"reply","body":"See https://old.example/help/k1."}
{"type":"message","id":"x9","ticket":"t1","at":"2026-03-04T09:00:00Z","from":"customer","kind":"message","body":"https://old.example/help/k1 did not help"}
)");
  ASSERT_TRUE(import(linked, "s"));
  ASSERT_TRUE(import(linked, "s"));
  db().read_now([&](store::Session& sql) {
    const auto article = store::find_article_by_slug(sql, "k1");
    ASSERT_TRUE(article);
    const auto page = desk::lessons_of(sql, article->id, {}, 10);
    ASSERT_EQ(page->lessons.size(), 1u) << "the answer's link alone, once";
    EXPECT_EQ(page->lessons[0].source, LessonSource::reply);
    EXPECT_EQ(page->lessons[0].given_at, at("2026-03-04T08:00:00Z"));
  });
}

TEST_P(HistoryImport, GivesEachRatingToItsAnswer) {
  const std::string ratings =
      R"({"type":"rating","ticket":"t1","at":"2026-03-02T08:05:00.000000Z","score":"bad"}
{"type":"rating","ticket":"t1","at":"2026-03-02T08:10:00.000000Z","score":"good","comment":"Quick."}
{"type":"rating","ticket":"t2","at":"2026-03-02T08:20:00.000000Z","score":"kudos"}
{"type":"rating","ticket":"t1","at":"2026-03-02T08:30:00.000000Z","message":"x3","score":"kudos","comment":"Better."}
{"type":"rating","ticket":"t2","at":"2026-03-03T07:00:00.000000Z","score":"bad","comment":"Nothing came."}
)";
  ASSERT_TRUE(import(history));
  ASSERT_TRUE(import(ratings)) << import(ratings).error();
  const auto of = [&](const char* text) {
    return db().read_now([&](store::Session& sql) {
      std::string told;
      for (const auto& [score, comment] : sql.all<std::string, std::string>(
               "SELECT r.score, r.comment FROM ratings r JOIN messages m ON m.id = r.message_id WHERE m.text = :text",
               {{"text", text}}))
        told += score + " " + comment;
      return told;
    });
  };
  EXPECT_EQ(of("Mended."), "kudos Better.") << "one of the ticket as a whole is its latest answer's; the last counts";
  EXPECT_EQ(of("Up again."), "kudos ");
  EXPECT_EQ(of("Good morning."), "kudos Kind.");
  EXPECT_EQ(count("ratings WHERE message_id IS NULL"), 2) << "before any answer, and after the only one had bounced";
  std::string told;
  std::istringstream lines(exported());
  for (std::string line; std::getline(lines, line);)
    if (line.contains("\"rating\"") && !line.contains("t3")) told += line + "\n";
  const std::string kept = exported();
  EXPECT_EQ(std::ranges::count(told, '\n'), 5);
  ASSERT_TRUE(import(ratings));
  EXPECT_EQ(exported(), kept) << "twice is once";
  for (const char* part : {R"("score":"bad","comment":""})", R"("score":"good","comment":"Quick."})",
                           R"("score":"kudos","comment":""})", R"("score":"bad","comment":"Nothing came."})"})
    EXPECT_TRUE(told.contains(part)) << part << told;
  EXPECT_EQ(told.find("\"message\""), told.rfind("\"message\"")) << "only where it was said: " << told;
}

// Nobody waits after this: she writes, closed, within one instant, and says so once more.
TEST_P(HistoryImport, EqualLinesOfOneInstantAllCount) {
  const std::string close = R"({"type":"close","ticket":"t2","at":"2026-03-04T09:00:00Z","by":"customer"})";
  const std::string more =
      close + "\n" +
      R"({"type":"message","ticket":"t2","at":"2026-03-04T09:00:00Z","from":"customer","kind":"message","body":"No."})" +
      "\n" + close + "\n";
  ASSERT_TRUE(import(history));
  const auto first = import(more, "", 2);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->added, 3u) << "also over two chunks";
  EXPECT_NE(report("2026-03-05T00:00:00Z").find(R"("running":0)"), std::string::npos);
  EXPECT_EQ(import(more)->known, 3u);
}

TEST_P(HistoryImport, SendsNothingAndGivesNobodyAPassword) {
  ASSERT_TRUE(import(history));
  EXPECT_EQ(count("mail_queue"), 0);
  EXPECT_EQ(count("credentials"), 0);
  const auto with_password = db().read_now([](store::Session& sql) {
    return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM agents WHERE password_hash IS NOT NULL"));
  });
  EXPECT_EQ(with_password, 0);
}

TEST_P(HistoryImport, TakesNothingOfAFileWithAWrongLine) {
  const auto wrong =
      import(std::string(history) + "{\"type\":\"spam\",\"ticket\":\"t9\",\"at\":\"2026-03-04T00:00:00Z\"}\n");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().find("line 27: ticket \"t9\" is on no line before"), std::string::npos) << wrong.error();
  EXPECT_EQ(count("tickets"), 0);
  EXPECT_EQ(count("agents"), 0);
  EXPECT_EQ(count("import_ids"), 0);
}

TEST_P(HistoryImport, KeepsTwoSourcesApart) {
  ASSERT_TRUE(import(history, "zen"));
  ASSERT_TRUE(import(history, "desk"));
  EXPECT_EQ(count("tickets"), 6);
  EXPECT_EQ(count("agents"), 2) << "a person is known by her address";
  EXPECT_EQ(count("mailboxes"), 2);
  const std::string told = waits("2026-03-02T08:00:00Z");
  EXPECT_NE(told.find(R"("ticket":"t1")"), std::string::npos) << told;
  EXPECT_NE(told.find(R"("ticket":"zen:t1")"), std::string::npos) << told;
}

TEST_P(HistoryImport, GoesOnWhereItWasInterrupted) {
  // The same file, cut off by the database after its tickets: what is there stays, the rest follows.
  ASSERT_TRUE(import(history));
  const std::string whole = exported();
  const auto resumed = import(history, "", 7, true);
  ASSERT_TRUE(resumed) << resumed.error();
  EXPECT_EQ(resumed->added, 0u);
  EXPECT_EQ(exported(), whole);
}

TEST_P(HistoryImport, ALaterFileMayNameWhatAnEarlierBrought) {
  ASSERT_TRUE(import(history));
  const auto later = import(
      R"({"type":"message","id":"x9","ticket":"t2","at":"2026-03-04T00:00:00Z","from":"agent:a2","kind":"reply","body":"So."})");
  ASSERT_TRUE(later) << later.error();
  EXPECT_NE(waits("2026-03-05T00:00:00Z").find(R"("ended_at":"2026-03-04T00:00:00.000000Z","ending":"answered")"),
            std::string::npos);
}

TEST_P(HistoryImport, MovesMessagesWithAMergeAndBack) {
  const auto in_ticket_1 = [&] {
    return db().read_now([](store::Session& sql) {
      return std::get<0>(*sql.one<std::int64_t>(
          "SELECT COUNT(*) FROM messages m JOIN import_ids i ON i.id = m.ticket_id AND i.kind = 'ticket' AND "
          "i.external_id = 't1'"));
    });
  };
  ASSERT_TRUE(import(history));
  EXPECT_EQ(in_ticket_1(), 4);
  ASSERT_TRUE(import(R"({"type":"merge","ticket":"t2","at":"2026-03-05T00:00:00Z","into":"t1"})"));
  EXPECT_EQ(in_ticket_1(), 6);
  ASSERT_TRUE(import(R"({"type":"unmerge","ticket":"t2","at":"2026-03-06T00:00:00Z"})"));
  EXPECT_EQ(in_ticket_1(), 4);
}

FIFTEEN_BOTH_DATABASES(HistoryImport);

// What one desk exports gives the other, on the other database, the same reports byte for byte.
class HistoryMove : public test::OnBothDatabases {};

TEST_P(HistoryMove, ToTheOtherDatabaseKeepsEveryReport) {
  const auto other_kind = GetParam() == store::Backend::sqlite ? store::Backend::mariadb : store::Backend::sqlite;
  const test::TestDatabase other_files(other_kind);
  store::Database other(other_files.options());
  const auto file = files().folder().path() / "history.jsonl";
  std::ofstream(file, std::ios::binary)
      << history
      << R"({"type":"ticket","id":"t4","at":"2026-03-04T08:00:00Z","mailbox":"m1","customer":"c1","subject":"Twice","channel":"email"}
{"type":"message","id":"y1","ticket":"t4","at":"2026-03-04T08:00:00Z","from":"customer","kind":"message","body":"Twice."}
{"type":"message","id":"y2","ticket":"t4","at":"2026-03-04T08:00:00Z","from":"customer:c2","kind":"message","body":"Me too.","html":"<p>Me too.</p>","attachments":[{"name":"a.bin","content_type":"application/octet-stream","content":"AAH/"}]}
{"type":"merge","ticket":"t4","at":"2026-03-04T08:01:00Z","into":"t1"}
{"type":"message","id":"y3","ticket":"t1","at":"2026-03-04T08:02:00Z","from":"agent:a2","kind":"reply","body":"One moment.","close":true}
{"type":"undo","ticket":"t1","at":"2026-03-04T08:02:05Z","message":"y3"}
{"type":"ticket","id":"t5","at":"2026-03-04T08:03:00Z","mailbox":"m2","customer":"c2","subject":"Split","channel":"email"}
{"type":"split","ticket":"t4","at":"2026-03-04T08:03:00Z","into":"t5","messages":["y2"]}
{"type":"unmerge","ticket":"t4","at":"2026-03-04T08:05:00Z"}
{"type":"spam","ticket":"t2","at":"2026-03-04T08:06:00Z"}
{"type":"close","ticket":"t4","at":"2026-03-04T08:07:00Z","by":"customer"}
{"type":"reopen","ticket":"t4","at":"2026-03-04T08:08:00Z","by":"agent:a1"}
)";
  const auto imported = import_history(db(), {.file = file}, now);
  ASSERT_TRUE(imported) << imported.error();

  std::ostringstream first;
  export_history(db(), first);
  const auto moved = other_files.folder().path() / "moved.jsonl";
  std::ofstream(moved, std::ios::binary) << first.str();
  const auto taken = import_history(other, {.file = moved}, now);
  ASSERT_TRUE(taken) << taken.error();
  std::ostringstream second;
  export_history(other, second);
  EXPECT_EQ(second.str(), first.str());

  for (const char* as_of :
       {"2026-03-02T08:05:00Z", "2026-03-03T00:00:00Z", "2026-03-04T08:04:00Z", "2026-03-10T00:00:00Z"}) {
    const ReportPeriod period{at("2026-03-01T00:00:00Z"), at("2026-03-08T00:00:00Z"), at(as_of)};
    const auto waits = [&](store::Session& sql) { return report_waits(sql, period); };
    EXPECT_EQ(db().read_now(waits), other.read_now(waits)) << as_of;
    EXPECT_FALSE(db().read_now(waits).empty());
    for (const ReportBy by :
         {ReportBy::agent, ReportBy::channel, ReportBy::mailbox, ReportBy::tag, ReportBy::plan, ReportBy::hour}) {
      const ReportWish wish{.period = period, .waits = ReportedWaits::all, .by = by};
      const auto report = [&](store::Session& sql) { return to_json(report_responses(sql, wish), true); };
      EXPECT_EQ(db().read_now(report), other.read_now(report)) << as_of;
    }
  }
}

FIFTEEN_BOTH_DATABASES(HistoryMove);

}  // namespace
}  // namespace fifteen::desk
