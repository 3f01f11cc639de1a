#include "server/intake/mail_intake.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>

#include "mail/mime_read.hpp"
#include "server/base/log.hpp"
#include "server/desk/mail/suggestion_mail.hpp"
#include "server/store/intake_queries.hpp"

namespace fifteen::intake {

using namespace std::chrono_literals;
using store::DatabaseError;

namespace {

constexpr int most_in_a_batch = 256;
// What a transaction costs by itself is some eight mails' worth on MariaDB; more than four would wait for each other.
constexpr std::size_t fewest_in_a_group = 8, most_groups = 4;
// Mails that come in together ride one commit and share what a transaction costs by itself. While a door is busy it has
// the processors for itself: a burst is taken first and becomes tickets a moment later.
constexpr auto quiet_time = 20ms, longest_gathering = 250ms;

constexpr std::array outcome_words = {"opened", "joined", "duplicate", "ignored"};  // of desk::IntakeOutcome

// After the n-th failure of one mail.
std::chrono::minutes retry_after(int attempts) {
  constexpr std::array delays = {1min, 5min, 15min, 60min};
  return delays[std::min<std::size_t>(static_cast<std::size_t>(attempts), delays.size() - 1)];
}

}  // namespace

struct MailIntake::Batch {
  struct Item {
    explicit Item(store::SpooledMail mail) : spooled(std::move(mail)) {}
    store::SpooledMail spooled;
    mail::Message message;
    std::optional<search::Suggestions> found;
    bool written = false;
    std::string error;  // of a mail that could not be made into records

    void note(const desk::Intake& intake) {
      written = true;
      log::info("mail_received", {{"spool_key", spooled.key},
                                  {"outcome", outcome_words[static_cast<std::size_t>(intake.outcome)]},
                                  {"reason", intake.reason},
                                  {"rfc_message_id", message.message_id},
                                  {"ticket", intake.ticket.value},
                                  {"message", intake.message.value}});
    }
  };
  std::vector<Item> items;
  int running = 0;
  std::string held_up_by;
  void read(const search::Suggester* suggester);
  std::vector<std::vector<std::size_t>> groups(std::size_t most) const;
};

// Of several mails of one sender one is acknowledged, so one is worth a search.
void MailIntake::Batch::read(const search::Suggester* suggester) {
  std::unordered_set<std::string> searched;
  for (Item& item : items) {
    item.message = mail::read_message(item.spooled.mail.bytes);
    const std::string& sender = item.spooled.mail.envelope.sender;
    if (suggester && desk::may_be_acknowledged(item.message, sender) && searched.insert(sender).second)
      item.found = desk::found_for(*suggester, desk::question_of(item.message));
  }
}

// The mails of a group share a transaction, in the order they came. Mails that may concern each other (the same sender,
// the same Message-ID, an answer to one another) are of one group.
std::vector<std::vector<std::size_t>> MailIntake::Batch::groups(std::size_t most) const {
  std::vector<std::vector<std::size_t>> groups(std::clamp<std::size_t>(items.size() / fewest_in_a_group, 1, most));
  std::unordered_map<std::string, std::size_t> group_of;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& message = items[i].message;
    std::vector<std::string> names = message.references;
    names.insert(names.end(), message.in_reply_to.begin(), message.in_reply_to.end());
    if (!message.message_id.empty()) names.push_back(message.message_id);
    if (message.from) names.push_back("from " + message.from->address);
    const auto known = std::ranges::find_if(names, [&](const std::string& name) { return group_of.contains(name); });
    const auto smallest = std::ranges::min_element(groups, {}, [](const auto& group) { return group.size(); });
    const auto group = known == names.end() ? static_cast<std::size_t>(smallest - groups.begin()) : group_of[*known];
    groups[group].push_back(i);
    for (auto& name : names) group_of.try_emplace(std::move(name), group);
  }
  std::erase_if(groups, [](const auto& group) { return group.empty(); });
  return groups;
}

MailIntake::MailIntake(asio::any_io_executor executor, store::Spool& spool, store::Database& database,
                       BlockingPool& pool, const Clock& clock, Receive receive, const search::Suggester* suggester)
    : spool_(spool),
      database_(database),
      pool_(pool),
      clock_(clock),
      receive_(std::move(receive)),
      suggester_(suggester),
      timer_(std::move(executor)) {}

asio::awaitable<void> MailIntake::run() {
  auto backoff = 1000ms;
  while (!stopping_) {
    woken_ = false;
    int finished = 0;
    std::string trouble;
    try {
      finished = co_await pass();
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    held_up_ = !trouble.empty();
    if (held_up_) {
      log::warning("intake_held_up", {{"error", trouble}, {"again_in_ms", backoff.count()}});
      co_await pause(backoff, false);
      backoff = std::min(backoff * 2, 30'000ms);
      continue;
    }
    backoff = 1000ms;
    if (finished == 0 && !woken_) co_await pause(1000ms, true);
    if (finished < most_in_a_batch) co_await gather();
  }
}

void MailIntake::wake() {
  woken_ = true;
  timer_.cancel();
}

void MailIntake::stop() {
  stopping_ = true;
  timer_.cancel();
}

asio::awaitable<void> MailIntake::pause(std::chrono::milliseconds time, bool until_woken) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (!stopping_ && !(until_woken && woken_) && std::chrono::steady_clock::now() < end) {
    timer_.expires_at(end);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

// Until no mail has come for a moment.
asio::awaitable<void> MailIntake::gather() {
  const auto end = std::chrono::steady_clock::now() + longest_gathering;
  do {
    woken_ = false;
    co_await pause(quiet_time, false);
  } while (woken_ && !stopping_ && std::chrono::steady_clock::now() < end);
}

asio::awaitable<int> MailIntake::pass() {
  auto batch = std::make_shared<Batch>();
  for (auto& mail : co_await spool_.next(most_in_a_batch, clock_.now())) batch->items.emplace_back(std::move(mail));
  if (batch->items.empty()) co_return 0;
  co_await pool_.run([this, batch] {
    batch->read(suggester_);
    return true;
  });
  co_await receive_all(batch);
  const int finished = co_await settle(batch);
  if (!batch->held_up_by.empty()) throw std::runtime_error(batch->held_up_by);
  co_return finished;
}

asio::awaitable<void> MailIntake::receive_all(std::shared_ptr<Batch> batch) {
  asio::steady_timer all_done(timer_.get_executor(), asio::steady_timer::time_point::max());
  // SQLite writes one transaction at a time.
  auto groups = batch->groups(database_.backend() == store::Backend::sqlite ? 1 : most_groups);
  batch->running = static_cast<int>(groups.size());
  for (auto& group : groups)
    asio::co_spawn(timer_.get_executor(), receive_group(batch, std::move(group)),
                   [batch, &all_done](const std::exception_ptr&) {
                     if (--batch->running == 0) all_done.cancel();
                   });
  while (batch->running > 0) co_await all_done.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> MailIntake::receive_group(std::shared_ptr<Batch> batch, std::vector<std::size_t> group) {
  std::vector<desk::ReceivedMail> mails;
  for (const auto i : group) {
    const store::SpooledMail& spooled = batch->items[i].spooled;
    mails.push_back({batch->items[i].message, spooled.mail.bytes, spooled.key, spooled.door,
                     spooled.mail.envelope.sender, spooled.mail.envelope.recipients, spooled.received_at,
                     batch->items[i].found});
  }
  const auto job = [&](store::Session& sql) { return receive_(sql, mails, clock_.now()); };
  std::string error;
  try {
    const auto intakes = co_await database_.write(job);
    for (std::size_t i = 0; i < group.size(); ++i) batch->items[group[i]].note(intakes[i]);
    co_return;
  } catch (const DatabaseError& e) {
    (e.is_outage() ? batch->held_up_by : error) = e.what();
  } catch (const boost::system::system_error& e) {
    batch->held_up_by = e.what();  // the database's queue is full
  } catch (const std::exception& e) {
    error = e.what();
  }
  if (group.size() == 1) batch->items[group.front()].error = error;
  if (group.size() == 1 || !batch->held_up_by.empty()) co_return;
  // One of them is to blame; the others go in.
  for (const auto i : group) co_await receive_group(batch, {i});
}

asio::awaitable<int> MailIntake::settle(std::shared_ptr<Batch> batch) {
  std::vector<std::string> keys;
  for (const auto& item : batch->items)
    if (item.written) keys.push_back(item.spooled.key);
  const auto read_back = [&](store::Session& sql) { return store::receipts_of(sql, keys); };
  const auto receipts = co_await database_.read(read_back);
  std::vector<store::SpoolOutcome> outcomes;
  for (auto& item : batch->items) {
    const auto found = receipts.find(item.spooled.key);
    if (found != receipts.end()) {
      const auto& [outcome, reason] = found->second;
      outcomes.push_back({item.spooled.id, outcome, outcome == "ignored" ? reason : ""});
    } else if (item.written) {
      item.error = "the records could not be read back after the commit";
    }
    if (item.error.empty()) continue;
    log::error("mail_postponed", {{"spool_key", item.spooled.key}, {"error", item.error}});
    co_await spool_.postpone(item.spooled.id, item.error, clock_.now() + retry_after(item.spooled.attempts));
  }
  const int finished = static_cast<int>(outcomes.size());
  if (finished > 0) co_await spool_.finish(std::move(outcomes));
  co_return finished;
}

}  // namespace fifteen::intake
