#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "server/http/setup.hpp"
#include "server/live/frames.hpp"
#include "server/live/rounds.hpp"
#include "server/live/socket.hpp"
#include "server/store/database.hpp"

namespace fifteen::live {

// Every agent's browser that is connected to this process. Follows `events` and tells each what is new; tells who looks
// at which ticket; closes the sockets of sessions that ended. Event loop only. To end it: stop(), then let the loop run
// until is_done().
class Hub final : public http::LiveDoor {
 public:
  struct Pace {
    std::chrono::milliseconds follow{
        1000};                   // how soon what other processes wrote is seen; our own commits wake it at once
    int sessions_a_round = 200;  // how many sessions are looked at each time
  };

  Hub(boost::asio::any_io_executor executor, store::Database& database, const Clock& clock);
  Hub(boost::asio::any_io_executor executor, store::Database& database, const Clock& clock, Socket::Limits limits,
      Pace pace);
  ~Hub() override;

  // Begins to follow.
  void start();
  // A commit happened: there may be new events. Any thread.
  void wake() { rounds_.wake(); }
  // Says goodbye to everybody and follows no longer.
  void stop();

  std::shared_ptr<http::Takeover> admit(const http::Caller& caller, std::int64_t after) override;
  std::size_t count() const { return browsers_.size(); }
  // Stopped, and nothing of it is under way any more.
  bool is_done() const { return rounds_.is_done() && browsers_.empty(); }

 private:
  struct Browser {
    AgentId agent;
    std::string name;
    std::string session;
    EventId after;
    std::shared_ptr<Socket> socket;
    TicketId looks_at;
    bool is_replying = false;
    int spare_messages = 40;  // refilled as time passes: a browser has little to say
  };
  class Admission;
  using Key = std::uint64_t;

  void welcome(std::unique_ptr<Stream> stream, const http::Request& handshake, const http::Caller& caller,
               EventId after);
  void opened(Key key);
  void heard(Key key, std::string_view text);
  void ended(Key key);
  boost::asio::awaitable<void> catch_up(Key key, EventId after);
  boost::asio::awaitable<void> round();
  boost::asio::awaitable<void> begin_to_follow();
  boost::asio::awaitable<void> send_new_events();
  boost::asio::awaitable<void> let_them_read(std::size_t frames);
  boost::asio::awaitable<void> close_ended_sessions();
  void tell_presence(TicketId ticket);
  void tell_all(const Frame& frame);

  store::Database& database_;
  const Clock& clock_;
  const Socket::Limits limits_;
  const Pace pace_;
  std::map<Key, Browser> browsers_;
  Key next_key_ = 1;
  Key checked_ = 0;                               // the last browser whose session was looked at
  std::optional<store::EventFollower> follower_;  // only while there is a browser
  std::chrono::steady_clock::time_point checked_at_{};
  Rounds rounds_;
};

}  // namespace fifteen::live
