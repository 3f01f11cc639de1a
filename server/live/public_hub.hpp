#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "server/http/setup.hpp"
#include "server/live/rounds.hpp"
#include "server/store/database.hpp"
#include "server/store/events.hpp"

namespace fifteen::live {

// Customers' pages and widgets that follow a question, by server-sent events. Each is told that what it shows is no
// longer so, once a change, and asks for it anew; notes, drafts and assignments are no change. Event loop only. To end
// it: stop(), then let the loop run until is_done().
class PublicHub final : public http::PublicLiveDoor {
 public:
  struct Limits {
    std::size_t all = 5'000;
    std::size_t of_client = 20;
    std::chrono::milliseconds follow{1000};  // as Hub::Pace
    std::chrono::seconds heartbeat{25};      // proxies end what is silent for a minute, and pages ask themselves
  };
  PublicHub(boost::asio::any_io_executor executor, store::Database& database, const Clock& clock);
  PublicHub(boost::asio::any_io_executor executor, store::Database& database, const Clock& clock, Limits limits);
  ~PublicHub() override;

  void start();
  // A commit happened. Any thread.
  void wake() { rounds_.wake(); }
  void stop();

  std::shared_ptr<http::Takeover> admit(TicketId ticket, std::string seen, std::string client) override;
  std::size_t count() const { return pages_.size(); }
  bool is_done() const { return rounds_.is_done() && pages_.empty(); }

 private:
  class Page;
  class Admission;

  void welcome(std::unique_ptr<Stream> stream, const http::Request& request, TicketId ticket, const std::string& seen,
               const std::string& client);
  void ended(const std::shared_ptr<Page>& page);
  boost::asio::awaitable<void> round();
  boost::asio::awaitable<void> look_for_changes();

  boost::asio::any_io_executor executor_;
  store::Database& database_;
  const Clock& clock_;
  const Limits limits_;
  std::set<std::shared_ptr<Page>> pages_;
  std::map<std::string, std::size_t> of_client_;
  std::optional<store::EventFollower> follower_;  // only while there is a page
  std::set<TicketId> unlooked_;                   // somebody has just come
  std::map<TicketId, Instant> changes_at_;        // by themselves: an answer's undo window ends
  Rounds rounds_;
};

}  // namespace fifteen::live
