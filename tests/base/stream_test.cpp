#include "server/base/stream.hpp"

#include <array>
#include <cstdlib>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "server/base/listen.hpp"
#include "server/base/tls.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen {
namespace {

using namespace std::chrono_literals;

void rethrow(std::exception_ptr failure) {
  if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> echo_once(std::unique_ptr<Stream> stream, std::shared_ptr<TlsContext> tls) {
  if (tls) {
    auto secured = co_await tls_accept(std::move(stream), tls, 5s);
    if (!secured) co_return;
    stream = std::move(*secured);
  }
  char bytes[100];
  const auto count = co_await stream->read_some(asio::buffer(bytes));
  if (count) co_await stream->write(std::string(bytes, *count));
}

std::pair<std::string, std::string> host_and_port(const std::string& address) {
  const auto colon = address.rfind(':');
  return {address.substr(0, colon), address.substr(colon + 1)};
}

// What comes back for "hello".
asio::awaitable<std::string> say_hello(std::unique_ptr<Stream> stream) {
  co_await stream->write("hello");
  char bytes[100];
  const auto count = co_await stream->read_some(asio::buffer(bytes));
  co_return count ? std::string(bytes, *count) : count.error().message();
}

struct Certificate {
  test::TemporaryFolder folder;
  std::string certificate = folder.path() / "cert.pem", key = folder.path() / "key.pem";
  Certificate() {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout " +
        key + " -out " + certificate + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
  }
};

}  // namespace

TEST(Stream, CarriesBytesOverTcp) {
  asio::io_context io(1);
  Listener listener(io.get_executor(), "127.0.0.1:0");
  listener.start([&](std::unique_ptr<Stream> stream) {
    EXPECT_EQ(stream->remote_address(), "127.0.0.1");
    asio::co_spawn(io, echo_once(std::move(stream), nullptr), rethrow);
  });
  std::string got;
  const auto client = [&]() -> asio::awaitable<void> {
    auto [host, port] = host_and_port(listener.address());
    auto stream = co_await connect_stream(host, port, 5s);
    if (stream) got = co_await say_hello(std::move(*stream));
    listener.stop();
  };
  asio::co_spawn(io, client(), rethrow);
  io.run_for(10s);
  EXPECT_EQ(got, "hello");
}

TEST(Stream, CarriesBytesOverTls) {
  const Certificate files;
  asio::io_context io(1);
  const auto server_tls = TlsContext::server(files.certificate, files.key);
  Listener listener(io.get_executor(), "127.0.0.1:0");
  listener.start(
      [&](std::unique_ptr<Stream> stream) { asio::co_spawn(io, echo_once(std::move(stream), server_tls), rethrow); });
  std::string got;
  error_code refused;
  const auto client = [&]() -> asio::awaitable<void> {
    auto [host, port] = host_and_port(listener.address());
    auto plain = co_await connect_stream(host, port, 5s);
    auto secured = co_await tls_connect(std::move(*plain), TlsContext::client(), "localhost", false, 5s);
    EXPECT_TRUE(secured && (*secured)->is_encrypted());
    if (secured) got = co_await say_hello(std::move(*secured));

    // Nobody vouches for this certificate: who insists on one hangs up.
    plain = co_await connect_stream(host, port, 5s);
    secured = co_await tls_connect(std::move(*plain), TlsContext::client(), "localhost", true, 5s);
    if (!secured) refused = secured.error();
    listener.stop();
  };
  asio::co_spawn(io, client(), rethrow);
  io.run_for(10s);
  EXPECT_EQ(got, "hello");
  EXPECT_TRUE(refused);
}

TEST(Stream, IsClosedWhenItsTimeIsOver) {
  asio::io_context io(1);
  Listener listener(io.get_executor(), "127.0.0.1:0");
  std::unique_ptr<Stream> silent;
  listener.start([&](std::unique_ptr<Stream> stream) { silent = std::move(stream); });
  bool expired = false;
  const auto client = [&]() -> asio::awaitable<void> {
    auto [host, port] = host_and_port(listener.address());
    auto stream = co_await connect_stream(host, port, 5s);
    (*stream)->expires_after(1s);
    char byte;
    const auto count = co_await (*stream)->read_some(asio::buffer(&byte, 1));
    expired = !count && (*stream)->has_expired();
    listener.stop();
    silent.reset();
  };
  asio::co_spawn(io, client(), rethrow);
  io.run_for(10s);
  EXPECT_TRUE(expired);
}

TEST(Listener, SaysInOneLineWhatIsWrong) {
  asio::io_context io(1);
  const auto complaint = [&](const std::string& where) -> std::string {
    try {
      const Listener listener(io.get_executor(), where);
    } catch (const std::invalid_argument& error) {
      return std::string("misread: ") + error.what();
    } catch (const std::runtime_error& error) {
      return std::string("refused: ") + error.what();
    }
    return "listens";
  };
  const Listener taken(io.get_executor(), "127.0.0.1:0");
  for (const auto& [where, kind, word] :
       {std::array<std::string, 3>{taken.address(), "refused: ", "taken by another program"},
        {"127.0.0.1", "misread: ", "ADDRESS:PORT"},
        {"example.org:80", "misread: ", "not an IP address"},
        {"127.0.0.1:99999", "misread: ", "not a port"},
        {"unix:", "misread: ", "socket path"}}) {
    EXPECT_TRUE(complaint(where).starts_with(kind)) << complaint(where);
    EXPECT_TRUE(complaint(where).contains(word)) << complaint(where);
  }
}

TEST(Listener, TakesAUnixSocket) {
  const test::TemporaryFolder folder;
  asio::io_context io(1);
  const std::string where = "unix:" + (folder.path() / "socket").string();
  {
    const Listener left_behind(io.get_executor(), where);
  }
  const Listener listener(io.get_executor(), where);
  EXPECT_EQ(listener.address(), where);
}

TEST(TlsContext, NamesTheFileThatIsWrong) {
  try {
    TlsContext::server("/nowhere/cert.pem", "/nowhere/key.pem");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("/nowhere/cert.pem"), std::string::npos);
  }
}

}  // namespace fifteen
