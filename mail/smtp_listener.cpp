#include "mail/smtp_listener.hpp"

#include <array>
#include <list>
#include <unordered_map>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

namespace fifteen::mail {

using SteadyTime = std::chrono::steady_clock::time_point;
using Wish = SmtpSession::Wish;

struct SmtpListener::Connection {
  Connection(std::unique_ptr<Stream> s, SmtpRules rules, SmtpHooks hooks)
      : stream(std::move(s)), session(std::move(rules), std::move(hooks)) {}

  std::unique_ptr<Stream> stream;
  SmtpSession session;
  Wish wish = Wish::read;
  bool is_waiting = false;  // for the peer's next bytes, with nothing of ours being written
  bool is_told_to_go = false;
  SteadyTime message_deadline{};
  std::size_t held_bytes = 0;
  std::array<char, 16u << 10> buffer;
};

struct SmtpListener::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor e, SmtpListenerSettings s, SmtpListenerHooks h)
      : executor(std::move(e)), settings(std::move(s)), hooks(std::move(h)) {
    settings.rules.offers_tls = settings.tls != nullptr;
  }

  asio::any_io_executor executor;
  SmtpListenerSettings settings;
  SmtpListenerHooks hooks;
  std::list<std::shared_ptr<Connection>> connections;
  std::unordered_map<std::string, std::size_t> by_address;
  std::size_t held_bytes = 0;
  bool draining = false;

  void accept(std::unique_ptr<Stream> stream);
  void turn_away(std::unique_ptr<Stream> stream, Answer reason);
  void forget(const std::shared_ptr<Connection>& connection, const std::string& address);

  asio::awaitable<void> serve(std::shared_ptr<Connection> c);
  asio::awaitable<bool> send_output(std::shared_ptr<Connection> c);
  asio::awaitable<bool> read(std::shared_ptr<Connection> c);
  asio::awaitable<void> store(std::shared_ptr<Connection> c);
  asio::awaitable<bool> start_tls(std::shared_ptr<Connection> c);
  void account(Connection& c);
};

void SmtpListener::State::accept(std::unique_ptr<Stream> stream) {
  const auto address = stream->remote_address();
  if (draining) return turn_away(std::move(stream), Answer::shutting_down);
  if (connections.size() >= settings.connections) return turn_away(std::move(stream), Answer::too_busy);
  if (address != "unix" && by_address[address] >= settings.connections_per_address)
    return turn_away(std::move(stream), Answer::too_many_from_you);
  ++by_address[address];
  auto connection = std::make_shared<Connection>(std::move(stream), settings.rules,
                                                 SmtpHooks{hooks.judge_recipient, hooks.on_refused});
  connections.push_back(connection);
  asio::co_spawn(executor, serve(connection),
                 [self = shared_from_this(), connection, address](const std::exception_ptr& error) {
                   if (error && self->hooks.on_failure) self->hooks.on_failure(error);
                   self->forget(connection, address);
                 });
}

void SmtpListener::State::turn_away(std::unique_ptr<Stream> stream, Answer reason) {
  if (hooks.on_refused) hooks.on_refused(reason);
  auto shared = std::shared_ptr<Stream>(std::move(stream));
  shared->expires_after(std::chrono::seconds(5));
  const auto line = line_of(reason);
  shared->async_write_some(asio::buffer(line.data(), line.size()), [shared](error_code, std::size_t) {});
}

void SmtpListener::State::forget(const std::shared_ptr<Connection>& connection, const std::string& address) {
  held_bytes -= connection->held_bytes;
  connections.remove(connection);
  if (const auto found = by_address.find(address); --found->second == 0) by_address.erase(found);
}

// Keeps the sum of all messages in memory below its limit.
void SmtpListener::State::account(Connection& c) {
  const auto now_held = c.session.held_bytes();
  held_bytes += now_held - c.held_bytes;
  c.held_bytes = now_held;
  if (held_bytes > settings.held_bytes && c.session.is_reading_message()) {
    c.session.shed();
    held_bytes += c.session.held_bytes() - c.held_bytes;
    c.held_bytes = c.session.held_bytes();
  }
}

asio::awaitable<bool> SmtpListener::State::send_output(std::shared_ptr<Connection> c) {
  const auto output = c->session.take_output();
  if (output.empty()) co_return true;
  c->stream->expires_after(settings.command_wait);
  const auto failed = co_await c->stream->write(output);
  co_return !failed;
}

asio::awaitable<bool> SmtpListener::State::read(std::shared_ptr<Connection> c) {
  const auto now = std::chrono::steady_clock::now();
  if (!c->session.is_reading_message()) {
    c->message_deadline = now + settings.message_wait;
    c->stream->expires_after(settings.command_wait);
  } else {
    const auto left = std::chrono::ceil<std::chrono::seconds>(c->message_deadline - now);
    c->stream->expires_after(std::min(settings.data_wait, std::max(left, std::chrono::seconds(0))));
  }
  c->is_waiting = true;
  const auto count = co_await c->stream->read_some(asio::buffer(c->buffer));
  c->is_waiting = false;
  if (!count || c->is_told_to_go) co_return false;
  c->wish = c->session.feed({c->buffer.data(), *count});
  account(*c);
  co_return true;
}

asio::awaitable<void> SmtpListener::State::store(std::shared_ptr<Connection> c) {
  auto mail = c->session.take_mail();
  mail.envelope.remote_address = c->stream->remote_address();
  Stored stored;
  std::exception_ptr error;
  try {
    stored = co_await hooks.store(std::move(mail));
  } catch (...) {
    error = std::current_exception();
  }
  if (error && hooks.on_failure) hooks.on_failure(error);
  c->wish = c->session.stored(stored);
  account(*c);
}

asio::awaitable<bool> SmtpListener::State::start_tls(std::shared_ptr<Connection> c) {
  auto encrypted = co_await tls_accept(std::move(c->stream), settings.tls, std::chrono::seconds(60));
  if (!encrypted) co_return false;
  c->stream = std::move(*encrypted);
  c->session.tls_started();
  c->wish = Wish::read;
  co_return true;
}

asio::awaitable<void> SmtpListener::State::serve(std::shared_ptr<Connection> c) {
  for (;;) {
    if (c->wish == Wish::store) {
      co_await store(c);
      continue;
    }
    if (!co_await send_output(c)) co_return;
    // Looked at after the write: a drain that begins during it has left this connection to us.
    if (draining && c->wish == Wish::read && c->session.is_idle()) {
      c->wish = c->session.end(Answer::shutting_down);
      continue;
    }
    if (c->wish == Wish::close) {
      c->stream->expires_after(std::chrono::seconds(2));
      co_await c->stream->finish();
      co_return;
    }
    const bool goes_on = c->wish == Wish::start_tls ? co_await start_tls(c) : co_await read(c);
    if (!goes_on) co_return;
  }
}

SmtpListener::SmtpListener(asio::any_io_executor executor, SmtpListenerSettings settings, SmtpListenerHooks hooks)
    : state_(std::make_shared<State>(executor, std::move(settings), std::move(hooks))),
      listener_(executor, state_->settings.where) {
  listener_.start([state = state_](std::unique_ptr<Stream> stream) { state->accept(std::move(stream)); });
}

SmtpListener::~SmtpListener() {
  for (const auto& connection : state_->connections)
    if (connection->stream) connection->stream->close();
}

std::size_t SmtpListener::connections() const {
  return state_->connections.size();
}

void SmtpListener::shut() {
  if (std::exchange(state_->draining, true)) return;
  listener_.stop();
  for (const auto& c : state_->connections) {
    if (!c->is_waiting || !c->session.is_idle()) continue;
    // The session waits in read(): its last line goes out beside that, then closing ends the read.
    const auto line = line_of(Answer::shutting_down);
    c->is_told_to_go = true;
    c->stream->expires_after(std::chrono::seconds(5));
    c->stream->async_write_some(asio::buffer(line.data(), line.size()),
                                [c](error_code, std::size_t) { c->stream->close(); });
  }
}

asio::awaitable<void> SmtpListener::drain(std::chrono::milliseconds limit) {
  shut();
  auto state = state_;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  asio::steady_timer pause(state->executor);
  while (!state->connections.empty() && std::chrono::steady_clock::now() < deadline) {
    pause.expires_after(std::chrono::milliseconds(10));
    co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  for (const auto& c : state->connections)
    if (c->stream) c->stream->close();
}

}  // namespace fifteen::mail
