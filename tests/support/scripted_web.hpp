#pragma once
#include <functional>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "server/base/listen.hpp"

namespace fifteen::test {

// Answers each request with what the test says; an empty answer: never.
class ScriptedWeb {
 public:
  using Script = std::function<std::string(const std::string& request)>;

  explicit ScriptedWeb(Script script) : script_(std::move(script)), listener_(loop_.get_executor(), "127.0.0.1:0") {
    listener_.start([this](std::unique_ptr<Stream> stream) {
      asio::co_spawn(loop_, serve(std::move(stream)), [](std::exception_ptr) {});
    });
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~ScriptedWeb() {
    loop_.stop();
    thread_.join();
  }
  std::string url(const std::string& path = "/") const { return "http://" + listener_.address() + path; }

 private:
  asio::awaitable<void> serve(std::unique_ptr<Stream> stream) {
    std::string request;
    while (request.find("\r\n\r\n") == std::string::npos || (request.starts_with("POST") && !request.ends_with("}"))) {
      char bytes[4096];
      const auto count = co_await stream->read_some(asio::buffer(bytes));
      if (!count) co_return;
      request.append(bytes, *count);
    }
    const std::string answer = script_(request);
    if (!answer.empty()) {
      co_await stream->write(answer);
      co_return;
    }
    char byte;
    co_await stream->read_some(asio::buffer(&byte, 1));
  }

  Script script_;
  asio::io_context loop_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
  Listener listener_;
  std::thread thread_;
};

inline std::string with_body(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

}  // namespace fifteen::test
