#include "server/desk/history/history_format.hpp"

#include <gtest/gtest.h>

#include "server/desk/history/history_check.hpp"

namespace fifteen::desk {
namespace {

// A value of each type, written as the format's page shows it.
const char* const lines[] = {
    R"({"type":"schedule","id":"s1","zone":"Europe/Rome","from":"2026-01-01T00:00:00.000000Z","weekly":[{"day":"mon","start":"09:00","end":"13:00"},{"day":"fri","start":"22:00","end":"06:00"},{"day":"sat","start":"10:00","end":"24:00"}],"holidays":["2026-12-25"]})",
    R"({"type":"schedule","id":"s2","zone":"UTC","weekly":[],"holidays":[]})",
    R"({"type":"mailbox","id":"m1","address":"help@example.com","name":"Help","target_seconds":900,"schedule":"s1","from":"2026-01-01T00:00:00.000000Z"})",
    R"({"type":"mailbox","id":"m1","schedule":null})",
    R"({"type":"target","from":"2026-02-01T00:00:00.000000Z","mailbox":"m1","when":{"plan":"pro"},"target_seconds":300})",
    R"({"type":"agent","id":"a1","email":"ana@example.com","name":"Ana","role":"manager"})",
    R"({"type":"customer","id":"c1","email":"joe@example.net","name":"Joe","traits":{"mrr":120,"plan":"pro","signed_up":"2026-01-02"}})",
    R"({"type":"article","id":"k1","title":"How","body":"# How\nSo.","locale":"en","published":false})",
    R"({"type":"ticket","id":"t1","at":"2026-03-02T09:00:00.000000Z","mailbox":"m1","customer":"c1","subject":"Two charges?","channel":"widget","tags":["billing"],"started_by":"customer"})",
    R"({"type":"message","id":"x1","ticket":"t1","at":"2026-03-02T09:00:00.000001Z","from":"customer","kind":"message","body":"I was charged twice."})",
    R"({"type":"message","ticket":"t1","at":"2026-03-02T09:00:00.000001Z","from":"customer:c2","kind":"auto","body":""})",
    R"({"type":"message","id":"x2","ticket":"t1","at":"2026-03-02T09:04:00.000000Z","from":"agent:a1","kind":"reply","body":"Mended.","close":true,"subject":"Re: Two charges?","html":"<p>Mended.</p>","message_id":"x2@example.com","to":["joe@example.net"],"cc":["eve@example.net"],"attachments":[{"name":"a.txt","content_type":"text/plain","content":"Zm9v"}]})",
    R"({"type":"message","id":"x3","ticket":"t1","at":"2026-03-02T09:05:00.000000Z","from":"system","kind":"ack","body":"We have it."})",
    R"({"type":"message","id":"x4","ticket":"t1","at":"2026-03-02T09:06:00.000000Z","from":"third_party","kind":"message","body":"?"})",
    R"({"type":"close","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","by":"agent:a1"})",
    R"({"type":"close","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","by":"customer"})",
    R"({"type":"reopen","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","by":"agent:a1"})",
    R"({"type":"assign","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","to":"agent:a1"})",
    R"({"type":"assign","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","to":null})",
    R"({"type":"tag","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","add":["vip"],"remove":["billing"]})",
    R"({"type":"spam","ticket":"t1","at":"2026-03-02T10:00:00.000000Z"})",
    R"({"type":"unspam","ticket":"t1","at":"2026-03-02T10:00:00.000000Z"})",
    R"({"type":"merge","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","into":"t2"})",
    R"({"type":"unmerge","ticket":"t1","at":"2026-03-02T10:00:00.000000Z"})",
    R"({"type":"split","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","into":"t9","messages":["x7"]})",
    R"({"type":"bounced","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","message":"x2"})",
    R"({"type":"undo","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","message":"x2"})",
    R"({"type":"rating","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","message":"x2","score":"kudos","comment":"Fast!"})",
    R"({"type":"close","ticket":"t1","at":"2026-03-02T10:00:00.000000Z","by":"customer","channel_of_close":"link","n":[1,2]})",
};

TEST(HistoryFormat, WritesWhatItReads) {
  for (const char* line : lines) {
    const auto record = parse_history_line(line);
    ASSERT_TRUE(record) << line << "\n" << record.error();
    EXPECT_EQ(to_history_line(*record), line);
  }
}

TEST(HistoryFormat, KeepsUnknownKeysOfACustomerAsTraits) {
  const auto record =
      parse_history_line(R"({"type":"customer","id":"c1","traits":{"plan":"pro"},"phone":"123","seats":4})");
  ASSERT_TRUE(record);
  const Traits expected = {{"phone", "\"123\""}, {"plan", "\"pro\""}, {"seats", "4"}};
  EXPECT_EQ(std::get<HistoryCustomer>(*record).traits, expected);
}

TEST(HistoryFormat, ReadsAnyOffsetToTheMicrosecond) {
  const auto record = parse_history_line(R"({"type":"spam","ticket":"t","at":"2026-03-02T10:00:00.1234567+01:00"})");
  ASSERT_TRUE(record);
  EXPECT_EQ(
      event_of(*record)->at,
      std::get<HistorySpam>(*parse_history_line(R"({"type":"spam","ticket":"t","at":"2026-03-02T09:00:00.123456Z"})"))
          .at);
}

TEST(HistoryFormat, SaysWhatIsWrongAndHowToMendIt) {
  struct Case {
    const char* line;
    const char* said;
  };
  for (
      const Case& c : {
          Case{"", "not JSON"},
          Case{"{", "not JSON"},
          Case{"[]", "not a JSON object"},
          Case{"{}", "\"type\" is missing"},
          Case{R"({"type":"tickets"})", "\"type\" is \"tickets\", which no line can be"},
          Case{R"({"type":"spam","at":"2026-03-02T10:00:00Z"})", "spam: \"ticket\" is missing"},
          Case{R"({"type":"spam","ticket":7,"at":"2026-03-02T10:00:00Z"})", "\"ticket\" is not a string"},
          Case{R"({"type":"spam","ticket":"","at":"2026-03-02T10:00:00Z"})", "\"ticket\" is empty"},
          Case{R"({"type":"spam","ticket":"t\u0000","at":"2026-03-02T10:00:00Z"})", "holds a NUL"},
          Case{R"({"type":"spam","ticket":"t"})", "\"at\" is missing"},
          Case{R"({"type":"spam","ticket":"t","at":"yesterday"})", "\"at\" is not a time: write it as RFC 3339"},
          Case{R"({"type":"close","ticket":"t","at":"2026-03-02T10:00:00Z","by":"third_party"})",
               "\"by\" is not one of: agent:ID customer system"},
          Case{R"({"type":"close","ticket":"t","at":"2026-03-02T10:00:00Z","by":"agent:"})", "\"by\" does not say who"},
          Case{R"({"type":"close","ticket":"t","at":"2026-03-02T10:00:00Z"})", "\"by\" does not say who"},
          Case{R"({"type":"reopen","ticket":"t","at":"2026-03-02T10:00:00Z","by":"customer"})",
               "\"by\" is not agent:ID"},
          Case{R"({"type":"assign","ticket":"t","at":"2026-03-02T10:00:00Z","to":"customer"})",
               "\"to\" is neither agent:ID nor null"},
          Case{R"({"type":"merge","ticket":"t","at":"2026-03-02T10:00:00Z","into":"t"})",
               "\"into\" is the ticket itself"},
          Case{R"({"type":"split","ticket":"t","at":"2026-03-02T10:00:00Z","into":"u","messages":[]})",
               "\"messages\" is empty"},
          Case{R"({"type":"message","ticket":"t","at":"2026-03-02T10:00:00Z","from":"customer","kind":"reply"})",
               "\"kind\" does not fit \"from\""},
          Case{R"({"type":"message","ticket":"t","at":"2026-03-02T10:00:00Z","from":"system","kind":"message"})",
               "\"kind\" does not fit \"from\""},
          Case{R"({"type":"message","ticket":"t","at":"2026-03-02T10:00:00Z","from":"customer"})",
               "\"kind\" is missing"},
          Case{
              R"({"type":"message","ticket":"t","at":"2026-03-02T10:00:00Z","from":"customer","kind":"message","close":"yes"})",
              "\"close\" is neither true nor false"},
          Case{
              R"({"type":"message","ticket":"t","at":"2026-03-02T10:00:00Z","from":"customer","kind":"message","attachments":[{"content":"!"}]})",
              "not base64"},
          Case{R"({"type":"ticket","id":"t","at":"2026-03-02T10:00:00Z","mailbox":"m","customer":"c","channel":"fax"})",
               "\"channel\" is not one of: email form widget api phone"},
          Case{R"({"type":"ticket","id":"t","at":"2026-03-02T10:00:00Z","mailbox":"m","customer":"c","tags":"x"})",
               "\"tags\" is not a list"},
          Case{R"({"type":"mailbox","id":"m","target_seconds":0})", "\"target_seconds\" is not a whole number"},
          Case{R"({"type":"mailbox","id":"m","target_seconds":1.5})", "\"target_seconds\" is not a whole number"},
          Case{R"({"type":"target","mailbox":"m","when":{}})", "\"target_seconds\" is missing"},
          Case{R"({"type":"target","mailbox":"m","when":[],"target_seconds":3})", "\"when\" is not an object"},
          Case{R"({"type":"schedule","id":"s"})", "\"zone\" is not a time zone"},
          Case{R"({"type":"schedule","id":"s","zone":"UTC","weekly":[{"day":"mon","start":"24:00","end":"01:00"}]})",
               "without a good \"start\""},
          Case{R"({"type":"schedule","id":"s","zone":"UTC","weekly":[{"day":"Monday","start":"09:00","end":"10:00"}]})",
               "\"day\" is not one of"},
          Case{R"({"type":"schedule","id":"s","zone":"UTC","weekly":[7]})", "has an entry that is not {\"day\""},
          Case{R"({"type":"schedule","id":"s","zone":"UTC","holidays":["25.12."]})", "not a date such as"},
          Case{R"({"type":"rating","ticket":"t","at":"2026-03-02T10:00:00Z","score":"great"})",
               "\"score\" is not one of: kudos good bad"},
          Case{"{\"type\":\"tag\",\"ticket\":\"\xff\"}", "not JSON"},
      }) {
    const auto record = parse_history_line(c.line);
    ASSERT_FALSE(record) << c.line;
    EXPECT_NE(record.error().find(c.said), std::string::npos) << c.line << "\n  " << record.error();
  }
}

TEST(HistoryFormat, RefusesNestingWithoutEnd) {
  EXPECT_FALSE(parse_history_line(std::string(100'000, '[')));
  EXPECT_FALSE(parse_history_line("{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}"));
}

// Feeds the lines and says what was wrong, or nothing.
std::string checked(std::initializer_list<std::string> file, HistoryCheck::Known known = {}) {
  HistoryCheck check(std::move(known));
  for (const std::string& line : file)
    if (!check.feed(line)) return check.mistake().told();
  return check.finish() ? "" : check.mistake().told();
}

const std::string mailbox = R"({"type":"mailbox","id":"m1","address":"help@example.com"})";
const std::string agent = R"({"type":"agent","id":"a1","email":"ana@example.com"})";
const std::string customer = R"({"type":"customer","id":"c1"})";
const std::string ticket = R"({"type":"ticket","id":"t1","at":"2026-03-02T09:00:00Z","mailbox":"m1","customer":"c1"})";
const std::string message =
    R"({"type":"message","id":"x1","ticket":"t1","at":"2026-03-02T09:00:00Z","from":"customer","kind":"message"})";
const std::string reply =
    R"({"type":"message","id":"x2","ticket":"t1","at":"2026-03-02T09:04:00Z","from":"agent:a1","kind":"reply"})";

TEST(HistoryCheck, TakesAWholeFile) {
  EXPECT_EQ(checked({mailbox, agent, customer, ticket, message, reply}), "");
  EXPECT_EQ(checked({}), "");
  EXPECT_EQ(checked({"\xEF\xBB\xBF" + mailbox, "", "  \r"}), "") << "blank lines and a byte order mark say nothing";
}

TEST(HistoryCheck, WhatStandsMayComeAfterItsMention) {
  EXPECT_EQ(checked({ticket, message, reply, mailbox, agent, customer}), "");
}

TEST(HistoryCheck, NamesTheLineAndWhatIsWrong) {
  const std::string close = R"({"type":"close","ticket":"t1","at":"2026-03-02T08:59:59.999999Z","by":"customer"})";
  struct Case {
    const char* what;
    std::string said;
    std::initializer_list<std::string> file;
  };
  for (const Case& c : {
           Case{"a broken line", "line 2: not JSON", {mailbox, "{"}},
           Case{"out of order",
                "line 4: \"at\" is earlier than 2026-03-02T09:00:00.000000Z",
                {mailbox, customer, ticket, close}},
           Case{"a ticket after its message", "line 2: ticket \"t1\" is on no line before", {mailbox, message}},
           Case{"a ticket twice",
                "line 4: ticket \"t1\" was given before, on line 3",
                {mailbox, customer, ticket, ticket}},
           Case{"a message twice",
                "line 5: message \"x1\" was given before, on line 4",
                {mailbox, customer, ticket, message, message}},
           Case{"an unknown mailbox", "line 2: mailbox \"m1\" is not in the file", {customer, ticket}},
           Case{"an unknown customer", "line 2: customer \"c1\" is not in the file", {mailbox, ticket}},
           Case{"an unknown agent", "line 4: agent \"a1\" is not in the file", {mailbox, customer, ticket, reply}},
           Case{"a mailbox without address",
                "line 1: mailbox: \"address\" is missing",
                {R"({"type":"mailbox","id":"m1"})"}},
           Case{"an unknown schedule",
                "line 1: schedule \"s1\" is not in the file",
                {R"({"type":"mailbox","id":"m1","address":"h@example.com","schedule":"s1"})"}},
           Case{"an unknown message",
                "line 4: message \"x9\" is on no line before",
                {mailbox, customer, ticket,
                 R"({"type":"undo","ticket":"t1","at":"2026-03-02T10:00:00Z","message":"x9"})"}},
           Case{"a merge into the unknown",
                "line 4: ticket \"t2\" is on no line before",
                {mailbox, customer, ticket,
                 R"({"type":"merge","ticket":"t1","at":"2026-03-02T10:00:00Z","into":"t2"})"}},
       })
    EXPECT_TRUE(checked(c.file).starts_with(c.said)) << c.what << "\n  " << checked(c.file);
}

TEST(HistoryCheck, KnowsWhatAnEarlierImportBrought) {
  const auto known = [](HistoryThing thing, const std::string& id) {
    return thing == HistoryThing::ticket ? id == "t1" : id == "a1";
  };
  EXPECT_EQ(checked({reply}, known), "");
  EXPECT_NE(checked({reply}), "");
}

}  // namespace
}  // namespace fifteen::desk
