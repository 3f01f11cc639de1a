#include <fstream>

#include <gtest/gtest.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/history/history_import.hpp"
#include "server/store/import_ids.hpp"
#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

namespace json = boost::json;

// Friday, 6 March 2026: business hours in Rome (UTC+1) end at 18:00 and go on on Monday at 9:00.
constexpr const char* standing =
    R"({"type":"schedule","id":"Office","zone":"Europe/Rome","weekly":[{"day":"mon","start":"09:00","end":"18:00"},{"day":"fri","start":"09:00","end":"18:00"}]}
{"type":"mailbox","id":"m1","address":"office@desk.example","name":"Office","schedule":"Office","target_seconds":1200}
{"type":"mailbox","id":"m2","address":"help@desk.example","name":"Help"}
{"type":"target","when":{"plan":"pro"},"mailbox":"m1","target_seconds":900,"from":"2026-01-01T00:00:00Z"}
{"type":"agent","id":"a1","email":"ana@desk.example","name":"Ana"}
{"type":"customer","id":"c1","email":"giulia@x.example","name":"Giulia","traits":{"plan":"pro"}}
{"type":"ticket","id":"t1","at":"2026-03-06T16:50:00Z","mailbox":"m1","customer":"c1","subject":"Two charges","channel":"email"}
{"type":"message","id":"x1","ticket":"t1","at":"2026-03-06T16:50:00Z","from":"customer","kind":"message","body":"Why?"}
)";
constexpr const char* answered =
    R"({"type":"message","id":"x2","ticket":"t1","at":"2026-03-09T08:04:32Z","from":"agent:a1","kind":"reply","body":"So."}
)";

class Waits : public SiteOnDatabase {
 protected:
  json::array told(const std::string& history) {
    const auto file = files().folder().path() / "history.jsonl";
    std::ofstream(file, std::ios::binary) << standing << history;
    EXPECT_TRUE(desk::import_history(db(), {.file = file, .source = ""}, clock_.now()));
    const auto id = db().read_now([](store::Session& sql) { return store::find_imported(sql, "", "ticket", "t1"); });
    const auto answer = program("read").get("/api/v1/tickets/" + std::to_string(id) + "/waits");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer).at("items").as_array();
  }
};
FIFTEEN_BOTH_DATABASES(Waits);

TEST_P(Waits, TellWhatWasCounted) {
  const json::array waits = told(answered);

  ASSERT_EQ(waits.size(), 1u);
  const json::value& wait = waits[0];
  EXPECT_EQ(wait.at("n"), 1);
  EXPECT_EQ(wait.at("asked_by"), "Giulia");
  EXPECT_EQ(wait.at("ended_by"), "Ana");
  EXPECT_EQ(wait.at("ending"), "answered");
  EXPECT_EQ(wait.at("business_us"), 872'000'000) << "ten minutes and 4:32";
  EXPECT_EQ(wait.at("target_us"), 900'000'000);
  EXPECT_EQ(wait.at("rule"),
            json::parse(R"({"kind":"segment","when":{"plan":"pro"},"from":"2026-01-01T00:00:00.000000Z"})"));
  EXPECT_EQ(wait.at("schedule"), "Office");
  EXPECT_EQ(wait.at("due_at"), "2026-03-09T08:05:00.000000Z");
  EXPECT_EQ(wait.at("counted"),
            json::parse(R"({"first":[{"start":"2026-03-06T16:50:00.000000Z","end":"2026-03-06T17:00:00.000000Z"},
                                     {"start":"2026-03-09T08:00:00.000000Z","end":"2026-03-09T08:04:32.000000Z"}],
                            "last":[],"left_out":0,"left_out_us":0})"));
  EXPECT_TRUE(wait.at("remarks").as_array().empty());
}

TEST_P(Waits, TellWhatWasTakenBackOrCameBack) {
  const json::array waits = told(std::string(answered) +
                                 R"({"type":"bounced","ticket":"t1","at":"2026-03-09T08:10:00Z","message":"x2"}
{"type":"message","id":"x3","ticket":"t1","at":"2026-03-09T08:20:00Z","from":"agent:a1","kind":"reply","body":"Again."}
{"type":"message","id":"x4","ticket":"t1","at":"2026-03-09T08:30:00Z","from":"customer","kind":"message","body":"And?"}
{"type":"spam","ticket":"t1","at":"2026-03-09T08:40:00Z"}
)");

  ASSERT_EQ(waits.size(), 2u);
  EXPECT_EQ(waits[0].at("business_us"), (10 + 20) * 60'000'000LL);
  const json::array& remarks = waits[0].at("remarks").as_array();
  ASSERT_EQ(remarks.size(), 2u);
  EXPECT_EQ(remarks[0].at("kind"), "bounced");
  EXPECT_EQ(remarks[0].at("who"), "Ana");
  EXPECT_EQ(remarks[1].at("kind"), "spam");
  EXPECT_EQ(waits[1].at("ending"), "void");
  EXPECT_TRUE(waits[1].at("n").is_null());
}

TEST_P(Waits, OfManyStretchesTheFirstAndTheLastAreToldAndTheRestAsASum) {
  const json::array waits = told(
      R"({"type":"message","id":"x2","ticket":"t1","at":"2026-09-07T08:00:00Z","from":"agent:a1","kind":"reply","body":"Late."})");

  const json::value& counted = waits.at(0).at("counted");
  const auto us = [](const json::value& stretches) {
    std::int64_t sum = 0;
    for (const auto& stretch : stretches.as_array()) {
      const auto at = [&](const char* key) { return *parse_rfc3339(std::string(stretch.at(key).as_string())); };
      sum += (at("end") - at("start")).count();
    }
    return sum;
  };
  EXPECT_EQ(counted.at("first").as_array().size(), 20u);
  EXPECT_EQ(counted.at("last").as_array().size(), 20u);
  EXPECT_EQ(counted.at("left_out"), 14) << "27 Fridays and 27 Mondays";
  EXPECT_EQ(us(counted.at("first")) + us(counted.at("last")) + counted.at("left_out_us").as_int64(),
            waits[0].at("business_us").as_int64());
}

TEST_P(Waits, OfNoSuchTicketAreNotFound) {
  EXPECT_EQ(program("read").get("/api/v1/tickets/999/waits").status, 404);
}

}  // namespace
}  // namespace fifteen::test
