#include "server/base/tls.hpp"

#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl.hpp>

#include "server/base/socket_stream.hpp"

namespace fifteen {
namespace {

namespace ssl = asio::ssl;
using TlsSocket = ssl::stream<Socket>;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::unique_ptr<ssl::context> new_context(ssl::context::method method) {
  auto context = std::make_unique<ssl::context>(method);
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                       ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use);
  SSL_CTX_set_cipher_list(context->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  // A client may pick any group offered, at no cost of its own: ffdhe8192 takes 108 ms of the event loop, these 1
  // to 2.4.
  SSL_CTX_set1_groups_list(context->native_handle(), "X25519:P-256:P-384");
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);  // 34 KiB less an idle connection
  return context;
}

asio::awaitable<result<std::unique_ptr<Stream>>> handshake(std::unique_ptr<Stream> plain, ssl::context& context,
                                                           ssl::stream_base::handshake_type type, std::string host,
                                                           bool verify, std::chrono::seconds limit) {
  auto* socket_stream = dynamic_cast<SocketStream<Socket>*>(plain.get());
  if (!socket_stream) co_return asio::error::operation_not_supported;
  auto remote = plain->remote_address();
  TlsSocket layer(std::move(socket_stream->layer()), context);
  plain.reset();
  if (!host.empty()) {
    SSL_set_tlsext_host_name(layer.native_handle(), host.c_str());
    layer.set_verify_mode(verify ? ssl::verify_peer : ssl::verify_none);
    if (verify) layer.set_verify_callback(ssl::host_name_verification(host));
  }
  auto stream = std::make_unique<SocketStream<TlsSocket>>(std::move(layer), std::move(remote), true);
  stream->expires_after(limit);
  auto [ec] = co_await stream->layer().async_handshake(type, as_result);
  if (ec) co_return stream->has_expired() ? error_code(asio::error::timed_out) : ec;
  co_return std::unique_ptr<Stream>(std::move(stream));
}

}  // namespace

TlsContext::TlsContext(std::unique_ptr<ssl::context> context) : context_(std::move(context)) {}
TlsContext::~TlsContext() = default;

std::shared_ptr<TlsContext> TlsContext::server(const std::filesystem::path& chain, const std::filesystem::path& key) {
  auto context = new_context(ssl::context::tls_server);
  error_code ec;
  context->use_certificate_chain_file(chain.string(), ec);
  if (ec) throw std::runtime_error("can't use the certificate " + chain.string() + ": " + ec.message());
  context->use_private_key_file(key.string(), ssl::context::pem, ec);
  if (ec) throw std::runtime_error("can't use the key " + key.string() + ": " + ec.message());
  // Sessions are resumed from memory: OpenSSL seals tickets with one key for as long as the context lives, and whoever
  // has it reads every TLS 1.2 session that a ticket resumed.
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_TICKET);
  SSL_CTX_sess_set_cache_size(context->native_handle(), 4096);
  return std::shared_ptr<TlsContext>(new TlsContext(std::move(context)));
}

void TlsContext::reload(const std::filesystem::path& chain, const std::filesystem::path& key) {
  // A connection holds OpenSSL's own reference to the context that it began with.
  context_ = std::move(server(chain, key)->context_);
}

std::shared_ptr<TlsContext> TlsContext::client() {
  auto context = new_context(ssl::context::tls_client);
  context->set_default_verify_paths();
  return std::shared_ptr<TlsContext>(new TlsContext(std::move(context)));
}

asio::awaitable<result<std::unique_ptr<Stream>>> tls_accept(std::unique_ptr<Stream> plain,
                                                            std::shared_ptr<TlsContext> context,
                                                            std::chrono::seconds limit) {
  co_return co_await handshake(std::move(plain), context->native(), ssl::stream_base::server, {}, false, limit);
}

asio::awaitable<result<std::unique_ptr<Stream>>> tls_connect(std::unique_ptr<Stream> plain,
                                                             std::shared_ptr<TlsContext> context, std::string host,
                                                             bool verify, std::chrono::seconds limit) {
  co_return co_await handshake(std::move(plain), context->native(), ssl::stream_base::client, std::move(host), verify,
                               limit);
}

}  // namespace fifteen
