#include "server/live/public_hub.hpp"

#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/base/stream.hpp"
#include "server/desk/portal/public_ticket.hpp"

namespace fifteen::live {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Seen by the page, which a comment is not: a stream that is silent is held back by a proxy, or dead.
constexpr char beat[] = "event: beat\ndata: {}\n\n";

// Any page may read it: the link in the address is the proof, and nothing of ours comes along.
std::string head(const http::Request& request) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\nX-Accel-Buffering: no\r\n"
         "Access-Control-Allow-Origin: *" +
         std::string(http::security_headers(http::Guard::data, request.is_https)) + "\r\n\r\n";
}

}  // namespace

// One connection. It writes while somebody listens, and reads only to notice that nobody does.
class PublicHub::Page : public std::enable_shared_from_this<Page> {
 public:
  Page(PublicHub& hub, std::unique_ptr<Stream> stream, TicketId followed, std::string word, std::string from)
      : ticket(followed),
        seen(std::move(word)),
        client(std::move(from)),
        hub_(hub),
        stream_(std::move(stream)),
        timer_(hub.executor_) {}

  void change(const std::string& word) {
    seen = word;
    has_news_ = true;
    timer_.cancel();
  }
  void close() {
    is_closed_ = true;
    timer_.cancel();
    stream_->close();
  }

  asio::awaitable<void> write(std::string out) {
    while (!is_closed_) {
      stream_->expires_after(hub_.limits_.heartbeat + std::chrono::seconds(15));
      if (co_await stream_->write(out)) break;
      if (!has_news_) {
        timer_.expires_after(hub_.limits_.heartbeat);
        co_await timer_.async_wait(as_result);
      }
      out = std::exchange(has_news_, false) ? "event: change\nid: " + seen + "\ndata: {}\n\n" : beat;
    }
    close();
  }
  asio::awaitable<void> read() {
    std::array<char, 64> ignored;
    std::size_t most = 1024;  // a listener has nothing to say
    while (!is_closed_) {
      const auto size = co_await stream_->read_some(asio::buffer(ignored));
      if (!size || *size > most) break;
      most -= *size;
    }
    close();
  }

  const TicketId ticket;
  std::string seen;
  const std::string client;
  int running = 2;  // writing, reading

 private:
  PublicHub& hub_;
  std::unique_ptr<Stream> stream_;
  asio::steady_timer timer_;
  bool has_news_ = false, is_closed_ = false;
};

class PublicHub::Admission final : public http::Takeover {
 public:
  Admission(PublicHub& hub, TicketId ticket, std::string seen, std::string client)
      : hub_(hub), ticket_(ticket), seen_(std::move(seen)), client_(std::move(client)) {}
  void begin(std::unique_ptr<Stream> stream, http::Request request, std::string) override {
    if (hub_.rounds_.is_stopped() || request.method != http::Method::get) return stream->close();
    hub_.welcome(std::move(stream), request, ticket_, seen_, client_);
  }

 private:
  PublicHub& hub_;
  TicketId ticket_;
  std::string seen_, client_;
};

PublicHub::PublicHub(asio::any_io_executor executor, store::Database& database, const Clock& clock)
    : PublicHub(std::move(executor), database, clock, Limits()) {}

PublicHub::PublicHub(asio::any_io_executor executor, store::Database& database, const Clock& clock, Limits limits)
    : executor_(executor),
      database_(database),
      clock_(clock),
      limits_(limits),
      rounds_(std::move(executor), limits.follow, "public") {}

PublicHub::~PublicHub() = default;

void PublicHub::start() {
  rounds_.start([this] { return round(); });
}

void PublicHub::stop() {
  rounds_.stop();
  for (const auto& page : pages_) page->close();
}

std::shared_ptr<http::Takeover> PublicHub::admit(TicketId ticket, std::string seen, std::string client) {
  const auto known = of_client_.find(client);
  if (pages_.size() >= limits_.all || (known != of_client_.end() && known->second >= limits_.of_client)) return nullptr;
  return std::make_shared<Admission>(*this, ticket, std::move(seen), std::move(client));
}

void PublicHub::welcome(std::unique_ptr<Stream> stream, const http::Request& request, TicketId ticket,
                        const std::string& seen, const std::string& client) {
  auto page = std::make_shared<Page>(*this, std::move(stream), ticket, seen, client);
  pages_.insert(page);
  ++of_client_[client];
  unlooked_.insert(ticket);
  const auto spawn = [&](asio::awaitable<void> half) {
    asio::co_spawn(executor_, std::move(half), [this, page](const std::exception_ptr&) {
      if (--page->running == 0) ended(page);
    });
  };
  spawn(page->write(head(request) + beat));
  spawn(page->read());
  rounds_.wake();
}

void PublicHub::ended(const std::shared_ptr<Page>& page) {
  pages_.erase(page);
  if (--of_client_[page->client] == 0) of_client_.erase(page->client);
}

asio::awaitable<void> PublicHub::round() {
  if (!pages_.empty()) co_return co_await look_for_changes();
  follower_.reset();
  changes_at_.clear();
}

// Which of the followed questions may have changed, and what they are now: one job.
asio::awaitable<void> PublicHub::look_for_changes() {
  struct Seen {
    std::optional<store::EventFollower> begun;
    store::EventFollower::News news;
    std::map<TicketId, desk::PublicStamp> stamps;
  };
  constexpr int at_once = 500;
  std::set<TicketId> followed;
  for (const auto& page : pages_) followed.insert(page->ticket);
  for (bool is_all = false; !is_all && !rounds_.is_stopped();) {
    const Instant now = clock_.now();
    std::set<TicketId> touched = std::exchange(unlooked_, {});
    for (auto due = changes_at_.begin(); due != changes_at_.end();) {
      const bool is_due = due->second <= now;
      if (is_due) touched.insert(due->first);
      due = is_due ? changes_at_.erase(due) : std::next(due);
    }
    const auto look = [&](store::Session& sql) {
      Seen seen;
      std::set<TicketId> changed = touched;
      if (follower_) {
        seen.news = follower_->look(sql, SystemClock().now(), at_once);
        for (const auto& event : seen.news.events)
          if (followed.contains(event.ticket)) changed.insert(event.ticket);
      } else {
        seen.begun = store::EventFollower::from_now(sql, SystemClock().now());
      }
      for (const TicketId ticket : changed) seen.stamps[ticket] = desk::public_stamp(sql, ticket, now);
      return seen;
    };
    Seen seen;
    try {
      seen = co_await database_.read(look);
    } catch (...) {
      unlooked_.merge(touched);  // the next round looks at them
      throw;
    }
    is_all = std::ssize(seen.news.events) < at_once;
    if (follower_)
      follower_->take(seen.news);
    else
      follower_ = seen.begun;
    for (const auto& [ticket, stamp] : seen.stamps) {
      if (stamp.changes_at) changes_at_[ticket] = *stamp.changes_at;
      for (const auto& page : std::vector(pages_.begin(), pages_.end())) {
        if (page->ticket != ticket || page->seen == stamp.word) continue;
        if (stamp.word.empty())
          page->close();  // it went into another one: the page comes back and finds that
        else
          page->change(stamp.word);
      }
    }
  }
}

}  // namespace fifteen::live
