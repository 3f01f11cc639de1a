#pragma once
#include <chrono>
#include <memory>
#include <set>
#include <string>

#include "server/base/stream.hpp"
#include "server/http/reply.hpp"

namespace fifteen::http {

class Connection;

// Who answers the requests of a server's connections. Called on the event loop.
class Service {
 public:
  virtual ~Service() = default;
  // The largest body for a request whose head is there.
  virtual std::size_t body_limit(const Request& head) = 0;
  // Fills in what the server knows of a request (id, client, scheme). Never throws.
  virtual asio::awaitable<Reply> answer(Request& request) = 0;
};

// How long a client may take. Past it the connection is closed.
struct Patience {
  std::chrono::seconds head{10};    // for a request's head, from its first byte: not longer by sending slowly
  std::chrono::seconds idle{75};    // between two requests
  std::chrono::seconds body{15};    // for its body, and a second more for every 16 KiB
  std::chrono::seconds answer{60};  // for the service
  std::chrono::seconds write{15};   // for the answer to be taken, and a second more for every 16 KiB
};

// All connections of a server. Event loop only.
class Connections {
 public:
  Connections(Service& service, Limits limits, Patience patience);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  // Serves one connection until it ends.
  void serve(std::unique_ptr<Stream> stream);
  std::size_t count() const { return connections_.size(); }

  // From now on each answer is its connection's last; idle connections close at once.
  void drain();
  // Closes those that are left.
  void close_all();

 private:
  friend class Connection;
  // Now, as the Date field says it.
  std::string_view date_line();

  Service& service_;
  const Limits limits_;
  const Patience patience_;
  std::set<Connection*> connections_;
  bool draining_ = false;
  std::string date_;  // of the second that it was written in
  std::chrono::sys_seconds date_at_{};
};

}  // namespace fifteen::http
