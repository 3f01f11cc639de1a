#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/base/listen.hpp"
#include "tests/support/event_loop.hpp"

namespace fifteen::test {

// An SMTP server that says what the test wants. Each line from the client goes to `answer`; a message after DATA comes
// as one call with its bytes and `is_message`. An empty answer hangs up, "silence" says nothing.
class ScriptedServer {
 public:
  using Answer = std::function<std::string(const std::string& line, bool is_message)>;

  ScriptedServer(EventLoop& loop, Answer answer, std::string greeting = "220 relay.example ESMTP\r\n")
      : answer_(std::move(answer)), greeting_(std::move(greeting)), listener_(loop.executor(), "127.0.0.1:0") {
    listener_.start([this, &loop](std::unique_ptr<Stream> stream) {
      asio::co_spawn(loop.context(), serve(std::shared_ptr<Stream>(std::move(stream))),
                     [](const std::exception_ptr&) {});
    });
  }

  std::string port() const { return listener_.address().substr(listener_.address().rfind(':') + 1); }
  std::string url(const std::string& account = "") const { return "smtp://" + account + "127.0.0.1:" + port(); }

  std::vector<std::string> lines;     // every command
  std::vector<std::string> messages;  // as on the wire, without the final dot's line

 private:
  asio::awaitable<void> serve(std::shared_ptr<Stream> stream) {
    if (greeting_.empty()) co_return;
    co_await stream->write(greeting_);
    std::string input;
    bool in_message = false;
    char buffer[4096];
    for (;;) {
      const std::string_view mark = in_message ? "\r\n.\r\n" : "\r\n";
      const auto end = input.find(mark);
      if (end == std::string::npos) {
        const auto count = co_await stream->read_some(asio::buffer(buffer));
        if (!count) co_return;
        input.append(buffer, *count);
        continue;
      }
      auto piece = input.substr(0, end);
      input.erase(0, end + mark.size());
      (in_message ? messages : lines).push_back(piece);
      const auto said = answer_(piece, in_message);
      in_message = !in_message && said.starts_with("354");
      if (said.empty()) co_return;
      if (said != "silence") co_await stream->write(said);
    }
  }

  Answer answer_;
  std::string greeting_;
  Listener listener_;
};

// What a friendly relay answers.
inline std::string friendly(const std::string& line, bool is_message) {
  if (is_message) return "250 2.0.0 Queued\r\n";
  if (line.starts_with("EHLO")) return "250-relay.example\r\n250-SIZE 100000\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n";
  if (line == "DATA") return "354 go on\r\n";
  if (line == "QUIT") return "221 bye\r\n";
  return "250 2.1.0 OK\r\n";
}

}  // namespace fifteen::test
