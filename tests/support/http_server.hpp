#pragma once
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "server/base/listen.hpp"
#include "server/http/connection.hpp"

namespace fifteen::test {

// A server on a free port of 127.0.0.1 with an event loop of its own.
class TestServer {
 public:
  explicit TestServer(http::Service& service, http::Limits limits = {}, http::Patience patience = {})
      : connections_(service, limits, patience), listener_(loop_.get_executor(), "127.0.0.1:0") {
    listener_.start([this](std::unique_ptr<Stream> stream) { connections_.serve(std::move(stream)); });
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~TestServer() {
    on_loop([this] {
      listener_.stop();
      connections_.close_all();
      stop_when_idle();
    });
    thread_.join();
  }
  const std::string& address() const { return listener_.address(); }
  http::Connections& connections() { return connections_; }
  boost::asio::io_context& loop() { return loop_; }
  void on_loop(std::function<void()> what) { boost::asio::post(loop_, std::move(what)); }
  bool ask(std::function<bool()> question) {
    std::promise<bool> answer;
    on_loop([&] { answer.set_value(question()); });
    return answer.get_future().get();
  }
  // Ends a part that lives on the loop: "To end it: stop(), then let the loop run until is_done()."
  template <class Part>
  void end(Part& part) {
    on_loop([&] { part.stop(); });
    while (!ask([&] { return part.is_done(); })) std::this_thread::yield();
  }

 private:
  // A closed connection's coroutine ends with its next event.
  void stop_when_idle() {
    if (connections_.count() == 0) return loop_.stop();
    on_loop([this] { stop_when_idle(); });
  }

  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
  http::Connections connections_;
  Listener listener_;
  std::thread thread_;
};

// Answers with what it heard.
class EchoService final : public http::Service {
 public:
  std::size_t body_limit(const http::Request&) override { return 1000; }
  asio::awaitable<http::Reply> answer(http::Request& request) override {
    request.id = "r1";
    co_return http::text(std::string(http::name(request.method)) + " " + request.target + " [" + request.body + "]");
  }
};

}  // namespace fifteen::test
