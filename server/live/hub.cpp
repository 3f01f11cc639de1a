#include "server/live/hub.hpp"

#include <algorithm>

#include "server/base/log.hpp"
#include "server/base/stream.hpp"
#include "server/store/sessions.hpp"

namespace fifteen::live {
// Holds what the handshake needs until the connection's turn has come.
class Hub::Admission final : public http::Takeover {
 public:
  Admission(Hub& hub, http::Caller caller, EventId after) : hub_(hub), caller_(std::move(caller)), after_(after) {}
  void begin(std::unique_ptr<Stream> stream, http::Request request, std::string ahead) override {
    // A client may send nothing before it has read the handshake's answer (RFC 6455, 4.1).
    if (!ahead.empty() || hub_.rounds_.is_stopped()) return stream->close();
    hub_.welcome(std::move(stream), request, caller_, after_);
  }

 private:
  Hub& hub_;
  http::Caller caller_;
  EventId after_;
};

Hub::Hub(boost::asio::any_io_executor executor, store::Database& database, const Clock& clock)
    : Hub(std::move(executor), database, clock, Socket::Limits(), Pace()) {}

Hub::Hub(boost::asio::any_io_executor executor, store::Database& database, const Clock& clock, Socket::Limits limits,
         Pace pace)
    : database_(database),
      clock_(clock),
      limits_(limits),
      pace_(pace),
      rounds_(std::move(executor), pace.follow, "agents") {}

Hub::~Hub() = default;

void Hub::start() {
  rounds_.start([this] { return round(); });
}

void Hub::stop() {
  rounds_.stop();
  for (auto& [key, browser] : browsers_) browser.socket->close(Closing::going_away);
}

std::shared_ptr<http::Takeover> Hub::admit(const http::Caller& caller, std::int64_t after) {
  return std::make_shared<Admission>(*this, caller, EventId(after));
}

void Hub::welcome(std::unique_ptr<Stream> stream, const http::Request& handshake, const http::Caller& caller,
                  EventId after) {
  const Key key = next_key_++;
  Browser& browser = browsers_[key];
  browser.agent = caller.agent;
  browser.name = caller.name;
  browser.session = caller.session;
  browser.after = after;
  browser.socket = Socket::accept(std::move(stream), handshake, limits_,
                                  {.on_open = [this, key] { opened(key); },
                                   .on_message = [this, key](std::string_view text) { heard(key, text); },
                                   .on_end = [this, key] { ended(key); }});
}

// From here on the browser gets what is new; what it missed is sent besides. A ticket that comes twice does no harm:
// each frame holds its whole state.
void Hub::opened(Key key) {
  rounds_.run(catch_up(key, browsers_.at(key).after), "catch_up");
}

boost::asio::awaitable<void> Hub::catch_up(Key key, EventId after) {
  struct Missed {
    EventId last;
    std::optional<std::vector<EventFrames>> frames;
  };
  co_await begin_to_follow();
  const Instant now = clock_.now();
  const auto look = [&](store::Session& sql) {
    Missed missed{store::newest_event(sql), std::vector<EventFrames>()};
    if (!after) return missed;
    const auto events = events_after(sql, after);
    missed.frames = events ? std::optional(frames_of(sql, *events)) : std::nullopt;
    if (missed.frames && missed.frames->size() >= limits_.frames / 2) missed.frames.reset();  // its queue takes no more
    return missed;
  };
  const Missed missed = co_await database_.read(look);
  const auto found = browsers_.find(key);
  if (found == browsers_.end()) co_return;
  Browser& browser = found->second;
  browser.socket->send(hello(missed.last, now));
  if (!missed.frames) browser.socket->send(resync());
  for (const EventFrames& frames : missed.frames.value_or(std::vector<EventFrames>()))
    if (const Frame& hers = frames.of(browser.agent)) browser.socket->send(hers);
}

void Hub::heard(Key key, std::string_view text) {
  Browser& browser = browsers_.at(key);
  const auto said = read_message(text);
  if (!said || --browser.spare_messages < 0) return browser.socket->close(Closing::bad_message);
  if (said->kind == Said::Kind::ping) return browser.socket->send(pong(clock_.now()));
  const TicketId before = std::exchange(browser.looks_at, said->ticket);
  const bool was_replying = std::exchange(browser.is_replying, said->is_replying && said->ticket);
  if (before == browser.looks_at && was_replying == browser.is_replying) return;
  if (before && before != browser.looks_at) tell_presence(before);
  if (browser.looks_at) tell_presence(browser.looks_at);
}

void Hub::ended(Key key) {
  const TicketId looked_at = browsers_.at(key).looks_at;
  browsers_.erase(key);
  if (looked_at && !rounds_.is_stopped()) tell_presence(looked_at);
}

void Hub::tell_presence(TicketId ticket) {
  std::vector<Present> present;
  for (const auto& [key, browser] : browsers_) {
    if (browser.looks_at != ticket) continue;
    const auto same = std::ranges::find(present, browser.agent, &Present::agent);
    if (same == present.end())
      present.push_back({browser.agent, browser.name, browser.is_replying});
    else
      same->is_replying |= browser.is_replying;
  }
  tell_all(presence(ticket, present));
}

void Hub::tell_all(const Frame& frame) {
  for (auto& [key, browser] : browsers_) browser.socket->send(frame);
}

}  // namespace fifteen::live
