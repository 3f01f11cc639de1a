#pragma once
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "server/base/stream.hpp"

namespace fifteen {

// Listens on "ADDR:PORT", "[V6]:PORT" (port 0 takes a free one) or "unix:PATH". Event loop only.
class Listener {
 public:
  // Called for each connection, on the event loop.
  using OnConnection = std::function<void(std::unique_ptr<Stream>)>;

  // Throws with one line that says what is wrong: std::invalid_argument when `where` is none of these,
  // std::runtime_error when it is not to be had ("the port is taken by another program").
  Listener(asio::any_io_executor executor, const std::string& where);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Where it listens, with the port that was taken.
  const std::string& address() const { return address_; }

  void start(OnConnection on_connection);
  // Takes no further connections; those taken live on.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::string address_;
};

}  // namespace fifteen
