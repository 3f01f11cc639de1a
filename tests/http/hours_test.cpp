#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

// Business hours and targets over HTTP: what is told, what is refused and why.
namespace fifteen::test {
namespace {

namespace json = boost::json;

class HoursOverHttp : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    admin_ = std::make_unique<Visitor>(browser_of(add_agent("ana", Role::admin)));
    mailbox_ = id_of(ask("POST", "/mailboxes", R"({"address":"help@desk.example","name":"Help"})"));
  }
  void TearDown() override {
    admin_.reset();
    SiteOnDatabase::TearDown();
  }

  Answer ask(const std::string& method, const std::string& path, const std::string& body = "") {
    return admin_->send(method, "/api/v1" + path, body);
  }
  static std::string id_of(const Answer& answer) {
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("id").as_string());
  }
  std::string hours(const std::string& start, const std::string& end, const std::string& more = "") {
    return R"("zone":"Europe/Rome","weekly":[{"day":"mon","start":")" + start + R"(","end":")" + end + "\"}]" + more;
  }
  std::string add(const std::string& more = "") {
    return id_of(ask("POST", "/schedules", R"({"name":"Office",)" + hours("09:00", "12:00", more) + "}"));
  }
  // What is said of the one field that is wrong.
  static std::string mistake(const Answer& answer, std::string_view field) {
    EXPECT_EQ(answer.status, 422) << answer.body;
    const auto told = json_of(answer);
    const auto* errors = told.as_object().if_contains("errors");
    if (!errors || errors->as_array().size() != 1) return answer.body;
    EXPECT_EQ(errors->at(0).at("field").as_string(), field);
    return std::string(errors->at(0).at("message").as_string());
  }

  std::unique_ptr<Visitor> admin_;
  std::string mailbox_;
};
FIFTEEN_BOTH_DATABASES(HoursOverHttp);

TEST_P(HoursOverHttp, AScheduleIsToldWithVersionsNamesAndMailboxes) {
  const auto id = add(R"(,"holidays":[{"date":"2026-12-25","name":"Christmas"},{"date":"2026-12-26"}],"mailboxes":[")" +
                      mailbox_ + "\"]");
  ASSERT_EQ(
      ask("POST", "/schedules/" + id + "/versions", "{\"from\":\"2026-12-01T00:00\"," + hours("22:00", "06:00") + "}")
          .status,
      201);

  const auto told = json_of(ask("GET", "/schedules/" + id));
  EXPECT_EQ(told.at("name"), "Office");
  EXPECT_EQ(told.at("mailboxes"), json::array{mailbox_});
  EXPECT_EQ(told.at("open"), false);
  EXPECT_EQ(told.at("opens_at"), "2026-09-28T07:00:00.000000Z");
  EXPECT_EQ(told.at("calendar"), nullptr);
  const auto& versions = told.at("versions").as_array();
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].at("begun"), true);
  EXPECT_EQ(versions[0].at("in_force"), true);
  EXPECT_EQ(versions[0].at("zone"), "Europe/Rome");
  EXPECT_EQ(versions[0].at("holidays"),
            (json::array{{{"date", "2026-12-25"}, {"name", "Christmas"}}, {{"date", "2026-12-26"}, {"name", ""}}}));
  EXPECT_EQ(versions[1].at("begun"), false);
  EXPECT_EQ(versions[1].at("from"), "2026-11-30T23:00:00.000000Z") << "midnight in Rome";
  EXPECT_EQ(versions[1].at("weekly"), (json::array{{{"day", "mon"}, {"start", "22:00"}, {"end", "06:00"}}}));
  EXPECT_EQ(json_of(ask("GET", "/schedules")).at("items").as_array().size(), 1u);
  EXPECT_EQ(json_of(ask("GET", "/mailboxes")).at("items").at(0).at("schedule").as_string(), id);
}

TEST_P(HoursOverHttp, WhatHasNotBegunIsReplacedAndRemoved) {
  const auto id = add();
  const std::string versions = "/schedules/" + id + "/versions";
  ASSERT_EQ(ask("POST", versions, "{\"from\":\"2026-12-01T00:00:00Z\"," + hours("08:00", "12:00") + "}").status, 201);
  const auto moved = ask("PUT", versions + "/2026-12-01T00:00:00Z",
                         "{\"from\":\"2026-12-08T00:00:00Z\"," + hours("07:00", "12:00") + "}");
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(json_of(moved).at("versions").at(1).at("from"), "2026-12-08T00:00:00.000000Z");
  EXPECT_EQ(ask("DELETE", versions + "/2026-12-08T00:00:00Z").status, 200);
  EXPECT_EQ(ask("DELETE", versions + "/2026-12-08T00:00:00Z").status, 404);

  const std::string begun(json_of(ask("GET", "/schedules/" + id)).at("versions").at(0).at("from").as_string());
  EXPECT_EQ(ask("DELETE", versions + "/" + begun).status, 409);
  EXPECT_EQ(ask("PUT", versions + "/" + begun, "{" + hours("07:00", "12:00") + "}").status, 409);
}

TEST_P(HoursOverHttp, OverlappingSpansCountOnceAndAreTold) {
  const auto made = ask("POST", "/schedules",
                        R"({"name":"Twice","zone":"UTC","weekly":[{"day":"mon","start":"09:00","end":"13:00"},
                            {"day":"mon","start":"12:00","end":"24:00"}]})");
  EXPECT_EQ(json_of(made).at("versions").at(0).at("overlap"), true) << made.body;
}

TEST_P(HoursOverHttp, EachMistakeIsSaidExactly) {
  const auto id = add();
  const std::string versions = "/schedules/" + id + "/versions";
  const auto said = [&](const std::string& body, std::string_view field) {
    return mistake(ask("POST", versions, body), field);
  };
  EXPECT_EQ(said(R"({"zone":"Mars/Olympus","weekly":[]})", "zone"),
            "There is no such time zone: this is an IANA name, such as Europe/Rome.");
  EXPECT_EQ(said(R"({"zone":"UTC"})", "weekly"), "This is needed: the week's spans, or [] to be always closed.");
  EXPECT_EQ(said("{" + hours("9", "17:00") + "}", "weekly"), "Span 1, start: This is a time from 00:00 to 23:59.");
  EXPECT_EQ(said("{" + hours("24:00", "17:00") + "}", "weekly"), "Span 1, start: This is a time from 00:00 to 23:59.");
  EXPECT_EQ(said("{" + hours("09:00", "24:01") + "}", "weekly"),
            "Span 1, end: This is a time from 00:00 to 24:00, the day's end.");
  EXPECT_EQ(said(R"({"zone":"UTC","weekly":[{"day":"lun","start":"09:00","end":"10:00"}]})", "weekly"),
            "Span 1, day: This is one of mon, tue, wed, thu, fri, sat and sun.");
  EXPECT_EQ(said("{" + hours("09:00", "17:00", R"(,"holidays":[{"date":"2026-12-25"},{"date":"2026-02-30"}])") + "}",
                 "holidays"),
            "Holiday 2, date: This is a date as 2026-12-25.");
  EXPECT_EQ(said("{\"from\":\"tomorrow\"," + hours("09:00", "17:00") + "}", "from"),
            "This is an instant as 2026-12-01T00:00:00Z, or a local time as 2026-12-01T00:00.");
  EXPECT_EQ(said("{\"from\":\"2026-01-01T00:00\"," + hours("09:00", "17:00") + "}", "from"),
            "This has passed. What was counted stays: hours and targets change from now on at the earliest.");
  EXPECT_EQ(mistake(ask("PUT", "/schedules/" + id + "/calendar", R"({"url":"ftp://x.example/a"})"), "url").empty(),
            false);
  EXPECT_EQ(mistake(ask("POST", "/targets", R"({"target_seconds":0})"), "target_seconds"),
            "This must be a whole number from 1 to 2592000.");
  EXPECT_EQ(mistake(ask("POST", "/targets", R"({"target_seconds":60,"mailbox":"987"})"), "mailbox"),
            "There is no such mailbox.");
  EXPECT_EQ(mistake(ask("POST", "/targets", R"({"target_seconds":60,"when":{"plan":["a"]}})"), "when"),
            "This is traits of a customer and their values, as {\"plan\": \"pro\"}.");
}

TEST_P(HoursOverHttp, AScheduleInUseIsNotRemoved) {
  const auto id = add(R"(,"mailboxes":[")" + mailbox_ + "\"]");
  EXPECT_EQ(ask("DELETE", "/schedules/" + id).status, 409);
  EXPECT_EQ(ask("PATCH", "/mailboxes/" + mailbox_, R"({"schedule":null})").status, 200);
  EXPECT_EQ(json_of(ask("GET", "/schedules/" + id)).at("mailboxes"), json::array{});
  EXPECT_EQ(ask("PATCH", "/schedules/" + id, R"({"mailboxes":["987654321"]})").status, 422);
  EXPECT_EQ(json_of(ask("PATCH", "/schedules/" + id, R"({"name":"Night"})")).at("name"), "Night");
  EXPECT_EQ(ask("DELETE", "/schedules/" + id).status, 204);
  EXPECT_EQ(ask("DELETE", "/schedules/" + id).status, 404);
}

TEST_P(HoursOverHttp, TargetsOfSegmentsAreAddedToldAndEnded) {
  const auto id = id_of(ask(
      "POST", "/targets", R"({"mailbox":")" + mailbox_ + R"(","when":{"plan":"pro","seats":5},"target_seconds":300})"));
  const auto told = json_of(ask("GET", "/targets")).at("items").at(0);
  EXPECT_EQ(told.at("when"), (json::object{{"plan", "pro"}, {"seats", 5}}));
  EXPECT_EQ(told.at("mailbox").as_string(), mailbox_);
  EXPECT_EQ(told.at("target_seconds"), 300);
  EXPECT_EQ(told.at("until"), nullptr);
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(ask("DELETE", "/targets/" + id).status, 204);
  EXPECT_TRUE(json_of(ask("GET", "/targets")).at("items").at(0).at("until").is_string());
  EXPECT_EQ(ask("DELETE", "/targets/" + id).status, 409);
}

TEST_P(HoursOverHttp, ACalendarFileIsReadAndNotKept) {
  const std::string file =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\n"
      "SUMMARY:Christmas\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20261225T100000Z\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n";
  const auto send = [&](const std::string& bytes) {
    return admin_->client().ask("POST", "/api/v1/schedules/calendar",
                                admin_->headers() + "Content-Type: text/calendar\r\n", bytes);
  };
  const auto told = json_of(send(file));
  EXPECT_EQ(told.at("holidays"), (json::array{{{"date", "2026-12-25"}, {"name", "Christmas"}}}));
  EXPECT_EQ(told.at("timed"), 1);
  const auto refused = send("<html>");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("not an iCalendar file"), std::string::npos) << refused.body;
}

TEST_P(HoursOverHttp, ChangedHoursMoveTheListAndThePreviewTellsBefore) {
  ASSERT_EQ(ask("POST", "/tickets", R"({"email":"joe@x.example","subject":"S","text":"T"})").status, 201);
  clock_.advance(std::chrono::minutes(30));
  const std::string wish = R"({"mailboxes":[")" + mailbox_ + R"("],"hours":{)" + hours("09:00", "12:00") + "}}";
  const auto preview = json_of(ask("POST", "/schedules/preview", wish));
  EXPECT_EQ(preview.at("before").at("overdue"), 1);
  EXPECT_EQ(preview.at("after").at("overdue"), 0);
  EXPECT_EQ(preview.at("whole"), true);

  add(R"(,"mailboxes":[")" + mailbox_ + "\"]");

  const auto list = json_of(ask("GET", "/tickets"));
  EXPECT_EQ(list.at("items").at(0).at("wait").at("due_at"), "2026-09-28T07:15:00.000000Z");
}

}  // namespace
}  // namespace fifteen::test
