#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "server/base/stream.hpp"

namespace boost::asio::ssl {
class context;
}

namespace fifteen {

// Certificates and rules for TLS 1.2 and later. Shared by all connections of a listener.
class TlsContext {
 public:
  // Throws std::runtime_error with one line that names the file and what is wrong with it.
  static std::shared_ptr<TlsContext> server(const std::filesystem::path& certificate_chain,
                                            const std::filesystem::path& key);
  // For connections from now on; when the files can't be used it throws as server() and keeps the old ones. Call it on
  // the listener's event loop.
  void reload(const std::filesystem::path& certificate_chain, const std::filesystem::path& key);
  // Verifies the peer against the system's authorities.
  static std::shared_ptr<TlsContext> client();
  ~TlsContext();

  boost::asio::ssl::context& native() { return *context_; }

 private:
  explicit TlsContext(std::unique_ptr<boost::asio::ssl::context> context);
  std::unique_ptr<boost::asio::ssl::context> context_;
};

// Turn a plain stream, with nothing read ahead, into an encrypted one. The handshake ends within `limit`.
asio::awaitable<result<std::unique_ptr<Stream>>> tls_accept(std::unique_ptr<Stream> plain,
                                                            std::shared_ptr<TlsContext> context,
                                                            std::chrono::seconds limit);
// `verify` false accepts any certificate: opportunistic STARTTLS (RFC 3207, 4.1 leaves that to the client).
asio::awaitable<result<std::unique_ptr<Stream>>> tls_connect(std::unique_ptr<Stream> plain,
                                                             std::shared_ptr<TlsContext> context, std::string host,
                                                             bool verify, std::chrono::seconds limit);

}  // namespace fifteen
