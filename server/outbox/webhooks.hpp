#pragma once
#include <array>
#include <memory>
#include <stop_token>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "server/base/blocking_pool.hpp"
#include "server/base/clock.hpp"
#include "server/base/web_client.hpp"
#include "server/store/database.hpp"
#include "server/store/webhooks.hpp"

namespace fifteen::outbox {

// "t=1790000000,v1=HEX": HMAC-SHA256 of "1790000000.BODY" under the webhook's secret. The time is the try's own, so
// that a receiver can refuse what somebody recorded and plays again.
std::string webhook_signature(const Secret& secret, Instant now, std::string_view body);

// When the try after `attempts` failed ones is due: after 10 s, 1, 5, 15 minutes, 1, 2, then every 4 hours; none once
// the event is a day old.
std::optional<Instant> next_webhook_try(int attempts, Instant created_at, Instant now);

// Posts the queue of webhooks: several at a time, each claimed under a lease, so that nodes share one queue and a crash
// loses nothing; it may tell twice, under the same id. While a receiver fails, all that waits for it waits for its next
// try; after three days, or at a 410, its webhook is stopped. Event loop only.
class Webhooks {
 public:
  // `owner`: this node's name, the same after a restart.
  Webhooks(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock, const WebClient& web,
           std::string owner);

  // Works until stop(): looks at the queue once a second. Each lane once, so that a slow receiver does not hold up all.
  static constexpr std::size_t lanes = 3;
  boost::asio::awaitable<void> run(std::size_t lane);
  // What is under way is broken off and comes again.
  void stop();

  // Posts what is due, one after another; how many.
  boost::asio::awaitable<int> pass();

 private:
  boost::asio::awaitable<void> release();
  boost::asio::awaitable<bool> post_one();

  store::Database& records_;
  const Clock& clock_;
  const WebClient& web_;
  const std::string owner_;
  BlockingPool posting_;
  std::array<boost::asio::steady_timer, lanes> timers_;
  std::stop_source stop_;
  bool released_ = false;  // what this node had claimed when it died
};

}  // namespace fifteen::outbox
