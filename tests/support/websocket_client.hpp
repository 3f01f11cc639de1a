#pragma once
#include <string>
#include <string_view>

#include "tests/support/http_client.hpp"

namespace fifteen::test {

// A browser's side of a WebSocket (RFC 6455), byte by byte.
class WebSocketClient {
 public:
  // `headers`: cookie and origin, lines with CRLF.
  WebSocketClient(const std::string& address, const std::string& target, const std::string& headers)
      : client_(address) {
    client_.send("GET " + target + " HTTP/1.1\r\nHost: " + address +
                 "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                 headers + "\r\n");
    answer_ = client_.receive();
  }

  int status() const { return answer_.status; }
  std::string accept() const { return answer_.header("sec-websocket-accept"); }

  void send_text(std::string_view text) {
    std::string frame{'\x81', static_cast<char>(0x80 | text.size())};  // up to 125 bytes
    frame += std::string_view("\0\0\0\0", 4);                          // a mask that changes nothing
    client_.send(frame + std::string(text));
  }

  // The next text frame; "close <code> <reason>" for a close frame, "" when the connection ended.
  std::string next() {
    while (true) {
      const int first = byte(), second = byte();
      if (first < 0 || second < 0) return "";
      std::size_t size = static_cast<std::size_t>(second & 0x7F);
      if (size == 126)
        size = bytes_as_number(2);
      else if (size == 127)
        size = bytes_as_number(8);
      std::string payload;
      while (payload.size() < size) {
        const int next_byte = byte();
        if (next_byte < 0) return "";
        payload += static_cast<char>(next_byte);
      }
      const int kind = first & 0x0F;
      if (kind == 1) return payload;
      if (kind == 8)
        return "close " +
               std::to_string((static_cast<unsigned char>(payload[0]) << 8) + static_cast<unsigned char>(payload[1])) +
               " " + payload.substr(2);
    }
  }

 private:
  int byte() {
    std::string& ahead = client_.ahead();
    if (ahead.empty()) ahead = client_.read_some();
    if (ahead.empty()) return -1;
    const auto value = static_cast<unsigned char>(ahead.front());
    ahead.erase(0, 1);
    return value;
  }
  std::size_t bytes_as_number(int count) {
    std::size_t number = 0;
    for (int i = 0; i < count; ++i) number = number << 8 | static_cast<std::size_t>(byte());
    return number;
  }

  HttpClient client_;
  Answer answer_;
};

}  // namespace fifteen::test
