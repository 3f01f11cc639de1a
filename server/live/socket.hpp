#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/base/bytes.hpp"
#include "server/http/request.hpp"

namespace fifteen {
class Stream;
}

namespace fifteen::live {

using Frame = std::shared_ptr<const std::string>;  // one text frame, shared by all who get it

// Why a server closes a WebSocket (RFC 6455, 7.4.1), with the reason that the browser reads.
enum class Closing {
  going_away,   // the server stops: try again, at once if there is another one
  signed_out,   // the session ended
  too_slow,     // the browser does not take what it is sent: it comes back and is told what it missed
  bad_message,  // not one of the messages that it may send
};

// One browser's WebSocket. Keeps itself alive until the connection ends. Event loop only.
class Socket {
 public:
  struct Limits {
    std::size_t frames = 256;       // waiting to be sent
    std::size_t bytes = 1 * MiB;    // of them
    std::size_t message = 4 * KiB;  // that a browser sends
  };
  struct Handlers {
    std::function<void()> on_open;
    std::function<void(std::string_view)> on_message;
    std::function<void()> on_end;  // once, last
  };

  // Answers the handshake, then calls the handlers.
  static std::shared_ptr<Socket> accept(std::unique_ptr<Stream> stream, const http::Request& handshake, Limits limits,
                                        Handlers handlers);
  virtual ~Socket() = default;
  // Queues a frame. When the queue is full the socket is closed with `too_slow`: a slow reader is cut off, not waited
  // for.
  virtual void send(Frame frame) = 0;
  virtual std::size_t waiting() const = 0;  // frames
  virtual void close(Closing why) = 0;
};

}  // namespace fifteen::live
