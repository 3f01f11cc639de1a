#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "server/base/blocking_pool.hpp"
#include "server/base/clock.hpp"
#include "server/desk/tickets/intake.hpp"
#include "server/store/spool.hpp"

namespace fifteen::intake {

namespace asio = boost::asio;

// Turns spooled mails into records, many in one transaction, and takes them out of the spool once the records were read
// back. Whatever breaks it off, the next pass begins again with what is still spooled: receive_mails knows each mail by
// its key. Event loop only; mails are read on the pool, and there it is, too, that answers to new questions are looked
// for: no writer waits for a search.
class MailIntake {
 public:
  using Receive =
      std::function<std::vector<desk::Intake>(store::Session&, std::span<const desk::ReceivedMail>, Instant now)>;

  // `receive` is desk::receive_mails. Without a `suggester` no answers are looked for. Everything borrowed outlives the
  // last coroutine.
  MailIntake(asio::any_io_executor executor, store::Spool& spool, store::Database& database, BlockingPool& pool,
             const Clock& clock, Receive receive, const search::Suggester* suggester = nullptr);

  // Works until stop(). A database that is away is asked again after 1 s, then ever more slowly up to 30 s.
  asio::awaitable<void> run();
  // Something was spooled. Without it the spool is looked at once a second (`deliver` is another process).
  void wake();
  // run() ends after the batch under way.
  void stop();

  // One batch of what is due. Returns how many mails left the spool; throws when a database is away.
  asio::awaitable<int> pass();

  // The last pass could not reach the database.
  bool is_held_up() const { return held_up_; }

 private:
  struct Batch;  // the mails of one pass and what became of each

  asio::awaitable<void> receive_all(std::shared_ptr<Batch> batch);
  asio::awaitable<void> receive_group(std::shared_ptr<Batch> batch, std::vector<std::size_t> group);
  asio::awaitable<int> settle(std::shared_ptr<Batch> batch);
  asio::awaitable<void> gather();
  asio::awaitable<void> pause(std::chrono::milliseconds time, bool until_woken);

  store::Spool& spool_;
  store::Database& database_;
  BlockingPool& pool_;
  const Clock& clock_;
  Receive receive_;
  const search::Suggester* suggester_;
  asio::steady_timer timer_;
  bool woken_ = false;
  bool stopping_ = false;
  bool held_up_ = false;
};

}  // namespace fifteen::intake
