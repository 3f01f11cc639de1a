#include "server/http/site.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

// A small table beside the real one, for what the edge does to every handler.
http::Reply add_mailbox(store::Session& sql, const http::Call& call) {
  sql.insert("INSERT INTO mailboxes (address, name, signature, created_at) VALUES (:address, 'x', '', :now)",
             {{"address", call.request.body}, {"now", call.now}});
  if (call.request.body == "refused") return http::problem(errc::invalid, "not this one");
  return http::created(boost::json::object{{"address", call.request.body}});
}
http::Reply count_mailboxes(store::Session& sql, const http::Call&) {
  return http::text(std::to_string(std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM mailboxes"))));
}
http::Reply break_down(store::Session&, const http::Call&) {
  throw std::runtime_error("the secret reason");
}
constexpr http::Route table[] = {
    {http::Method::get, "/count", http::Access::anyone, http::Read{count_mailboxes}},
    {http::Method::post, "/add", http::Access::anyone, http::Write{add_mailbox}},
    {http::Method::get, "/broken", http::Access::anyone, http::Read{break_down}},
    {http::Method::get, "/things/{id}/parts/{name...}", http::Access::anyone,
     http::Direct{[](const http::Call& call) { return http::text(call.parameter(0) + "|" + call.parameter(1)); }}},
};

class Edge : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    server_.reset();
    site_ = std::make_unique<http::Site>(db(), passwords_, clock_, setup_, table);
    server_ = std::make_unique<TestServer>(*site_);
  }
  std::string count() { return stranger().get("/count").body; }
};
FIFTEEN_BOTH_DATABASES(Edge);

TEST_P(Edge, NamesTheMethodsOfAnAddress) {
  const auto answer = stranger().send("DELETE", "/count");

  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD");
  EXPECT_EQ(stranger().get("/nowhere").status, 404);
}

TEST_P(Edge, TellsAWrongAddressFromALargeBody) {
  EXPECT_EQ(stranger().send("POST", "/nowhere", "text=words").status, 404);
  EXPECT_EQ(stranger().send("POST", "/count", "text=words").status, 405);
  EXPECT_EQ(stranger().send("POST", "/nowhere", std::string(64 * KiB, 'x')).status, 413);
}

TEST_P(Edge, DecodesParametersAndTheRestOfAPath) {
  EXPECT_EQ(stranger().get("/things/a%2Fb/parts/c/d%20e").body, "a/b|c/d e");
  EXPECT_EQ(stranger().get("/things/%00/parts/c").status, 404);
  EXPECT_EQ(stranger().get("/things//parts/c").status, 404);
}

TEST_P(Edge, RollsBackWhatARefusedRequestWrote) {
  EXPECT_EQ(stranger().send("POST", "/add", "refused").status, 422);

  EXPECT_EQ(count(), "0");
}

TEST_P(Edge, TellsStrangersNothingOfAFailure) {
  const auto answer = stranger().get("/broken");

  EXPECT_EQ(answer.status, 500);
  EXPECT_FALSE(answer.body.contains("secret"));
  EXPECT_EQ(json_of(answer).at("request_id").as_string(), answer.header("x-request-id").c_str());
}

TEST_P(Edge, GivesTheSameAnswerToARepeatedKeyAndWritesOnce) {
  const std::string key = "Idempotency-Key: k1\r\n";
  const auto first = stranger().send("POST", "/add", "a@x", key);
  const auto again = stranger().send("POST", "/add", "a@x", key);
  const auto other = stranger().send("POST", "/add", "b@x", key);

  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(count(), "1");
}

TEST_P(Edge, AnswersARaceOfTheSameKeyOnce) {
  const std::string key = "Idempotency-Key: race\r\n";
  std::atomic<int> created = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { created += stranger().send("POST", "/add", "a@x", key).status == 201; });
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(created, 8);
  EXPECT_EQ(count(), "1");
}

using Site = SiteOnDatabase;
FIFTEEN_BOTH_DATABASES(Site);

TEST_P(Site, TellsThatItLivesAndIsReady) {
  EXPECT_EQ(stranger().get("/healthz").body, "ok\n");
  EXPECT_EQ(stranger().get("/readyz").status, 200);
  EXPECT_TRUE(stranger().get("/metrics").body.contains("fifteen_http_requests_total"));
}

}  // namespace
}  // namespace fifteen::test
