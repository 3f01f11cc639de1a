#include <gtest/gtest.h>

#include "tests/support/http_client.hpp"
#include "tests/support/http_server.hpp"

namespace fifteen::test {
namespace {

using namespace std::chrono_literals;

TEST(HttpConnection, AnswersPipelinedRequestsInTheirOrder) {
  EchoService echo;
  TestServer server(echo);
  HttpClient client(server.address());

  client.send(
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"
      "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(client.receive().body, "GET /1 []");
  EXPECT_EQ(client.receive().body, "POST /2 [ab]");
  EXPECT_EQ(client.receive().body, "GET /3 []");
}

// A body of many pieces, of which it counts those that were asked for.
class PiecesService final : public http::Service {
 public:
  static constexpr int count = 1000;
  static constexpr std::size_t piece_size = 100'000;
  explicit PiecesService(bool breaks = false) : breaks_(breaks) {}
  std::size_t body_limit(const http::Request&) override { return 0; }
  asio::awaitable<http::Reply> answer(http::Request&) override {
    co_return http::stream("begin ", std::make_shared<Pieces>(*this), "text/plain", http::Guard::data);
  }
  std::atomic<int> asked = 0;
  std::atomic<bool> gone = false;

 private:
  class Pieces final : public http::BodySource {
   public:
    explicit Pieces(PiecesService& service) : service_(service) {}
    ~Pieces() override { service_.gone = true; }
    asio::awaitable<std::string> next() override {
      if (service_.breaks_ && service_.asked == 2) throw std::runtime_error("the records are away");
      if (service_.asked == count) co_return "";
      ++service_.asked;
      co_return std::string(piece_size, 'x');
    }

   private:
    PiecesService& service_;
  };
  const bool breaks_;
};

TEST(HttpConnection, SendsAStreamedBodyWholeAndTheNextAnswerBehindIt) {
  PiecesService pieces;
  TestServer server(pieces);
  HttpClient client(server.address());

  const auto answer = client.ask("GET", "/");
  EXPECT_EQ(answer.header("transfer-encoding"), "chunked");
  EXPECT_EQ(answer.header("content-length"), "");
  EXPECT_EQ(answer.body.size(), 6 + PiecesService::count * PiecesService::piece_size);
  EXPECT_EQ(answer.body.substr(0, 8), "begin xx");
  pieces.asked = PiecesService::count - 1;
  EXPECT_EQ(client.ask("HEAD", "/").body, "");
  EXPECT_EQ(client.ask("GET", "/").body.size(), 6 + PiecesService::piece_size);
}

TEST(HttpConnection, EndsAStreamedBodyOfHttp10WithTheConnection) {
  PiecesService pieces;
  pieces.asked = PiecesService::count - 2;
  TestServer server(pieces);
  HttpClient old(server.address());
  old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  EXPECT_EQ(old.receive().header("transfer-encoding"), "");
  std::string body;
  body.swap(old.ahead());
  for (std::string more = old.read_some(); !more.empty(); more = old.read_some()) body += more;
  EXPECT_EQ(body.size(), 6 + 2 * PiecesService::piece_size);
}

// What the sockets hold is all that is read ahead: 100 MB wait to be asked for.
TEST(HttpConnection, ReadsNoPieceThatASlowClientHasNoRoomFor) {
  PiecesService pieces;
  TestServer server(pieces, {}, {.write = 1s});
  HttpClient slow(server.address());
  slow.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(500ms);

  EXPECT_GT(pieces.asked, 0);
  EXPECT_LT(pieces.asked, 100);
  const auto limit = std::chrono::steady_clock::now() + 20s;
  while (!pieces.gone && std::chrono::steady_clock::now() < limit) std::this_thread::sleep_for(20ms);
  EXPECT_TRUE(pieces.gone) << "a client that takes nothing is cut off";
  EXPECT_LT(pieces.asked, 100);
}

TEST(HttpConnection, DropsAStreamedBodyWhoseClientGoesAway) {
  PiecesService pieces;
  TestServer server(pieces);
  {
    HttpClient leaver(server.address());
    leaver.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(leaver.receive(true).status, 200);
  }
  const auto limit = std::chrono::steady_clock::now() + 10s;
  while (!pieces.gone && std::chrono::steady_clock::now() < limit) std::this_thread::sleep_for(20ms);
  EXPECT_TRUE(pieces.gone);
  EXPECT_LT(pieces.asked, PiecesService::count);
}

TEST(HttpConnection, CutsOffAStreamedBodyThatCannotGoOn) {
  PiecesService pieces(true);
  TestServer server(pieces);
  HttpClient client(server.address());
  EXPECT_THROW(client.ask("GET", "/"), std::runtime_error) << "an end would look like all of it";
}

TEST(HttpConnection, LeavesTheBodyOutForHead) {
  EchoService echo;
  TestServer server(echo);
  HttpClient client(server.address());

  const auto head = client.ask("HEAD", "/");
  const auto next = client.ask("GET", "/");

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "9");
  EXPECT_EQ(next.body, "GET / []");
}

TEST(HttpConnection, SaysContinueBeforeABodyIsSent) {
  EchoService echo;
  TestServer server(echo);
  HttpClient client(server.address());

  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  const auto go_on = client.receive();
  client.send("abc");

  EXPECT_EQ(go_on.status, 100);
  EXPECT_EQ(client.receive().body, "POST / [abc]");
}

TEST(HttpConnection, RefusesATooLargeBodyBeforeItIsSent) {
  EchoService echo;
  TestServer server(echo);
  HttpClient client(server.address());

  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpConnection, EndsAfterARequestThatTwoProgramsCouldReadDifferently) {
  EchoService echo;
  TestServer server(echo);
  HttpClient client(server.address());

  client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(client.receive().status, 400);
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpConnection, ClosesWhenAskedToAndForHttp10) {
  EchoService echo;
  TestServer server(echo);
  HttpClient asked(server.address()), old(server.address());

  EXPECT_EQ(asked.ask("GET", "/", "Connection: close\r\n").header("connection"), "close");
  EXPECT_TRUE(asked.is_closed());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.receive().status, 200);
  EXPECT_TRUE(old.is_closed());
}

TEST(HttpConnection, CutsOffWhoSendsAHeadByteByByte) {
  EchoService echo;
  TestServer server(echo, {}, {.head = 1s});
  HttpClient slow(server.address());
  const auto begin = std::chrono::steady_clock::now();

  slow.send("GET / HTTP/1.1\r\nHost: x\r\n");
  std::thread dribble([&] {
    for (int i = 0; i < 40; ++i) {
      slow.send("a");
      std::this_thread::sleep_for(100ms);
    }
  });
  const bool is_closed = slow.is_closed();
  const auto took = std::chrono::steady_clock::now() - begin;
  dribble.join();

  EXPECT_TRUE(is_closed);
  EXPECT_LT(took, 3500ms);
}

TEST(HttpConnection, DrainingLetsTheLastAnswerThroughAndClosesIdleOnes) {
  EchoService echo;
  TestServer server(echo);
  HttpClient idle(server.address()), busy(server.address());
  EXPECT_EQ(idle.ask("GET", "/").status, 200);
  busy.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na");
  HttpClient(server.address()).ask("GET", "/");  // by now the server has read what was sent before

  server.on_loop([&] { server.connections().drain(); });

  EXPECT_TRUE(idle.is_closed());
  busy.send("b");
  const auto last = busy.receive();
  EXPECT_EQ(last.body, "POST / [ab]");
  EXPECT_EQ(last.header("connection"), "close");
}

TEST(HttpConnection, EachAnswerCarriesTheGuards) {
  EchoService echo;
  TestServer server(echo);
  HttpClient client(server.address());

  const auto answer = client.ask("GET", "/");

  EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.header("referrer-policy"), "same-origin");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(answer.header("x-request-id"), "r1");
  EXPECT_FALSE(answer.header("date").empty());
}

}  // namespace
}  // namespace fifteen::test
