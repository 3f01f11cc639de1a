#include "server/intake/mail_intake.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>

#include "mail/mime_read.hpp"
#include "server/base/log.hpp"
#include "server/store/intake_queries.hpp"

namespace fifteen::intake {

using namespace std::chrono_literals;
using store::DatabaseError;

namespace {

constexpr int most_in_a_batch = 64;
// Mails that come in together ride one commit: at some thousand a second this saves two thirds of the fsyncs.
constexpr auto gathering_time = 5ms;

constexpr std::array outcome_words = {"opened", "joined", "duplicate", "ignored"};  // of desk::IntakeOutcome

// After the n-th failure of one mail.
std::chrono::minutes retry_after(int attempts) {
  constexpr std::array delays = {1min, 5min, 15min, 60min};
  return delays[std::min<std::size_t>(static_cast<std::size_t>(attempts), delays.size() - 1)];
}

// The database could not be used at all, so that the mail is not to blame.
bool is_held_up_by(const DatabaseError& error) {
  return error.kind() != DatabaseError::Kind::other && error.kind() != DatabaseError::Kind::duplicate;
}

}  // namespace

struct MailIntake::Batch {
  struct Item {
    explicit Item(store::SpooledMail mail) : spooled(std::move(mail)) {}
    store::SpooledMail spooled;
    mail::Message message;
    bool written = false;
    std::string error;  // of a mail that could not be made into records
  };
  std::vector<Item> items;
  int running = 0;
  std::string held_up_by;

  std::vector<std::vector<std::size_t>> chains(bool one_writer) const;
};

// Mails that may concern each other (the same sender, the same Message-ID, an answer to one another) are received in
// the order they came; the chains run side by side. A database with one writer keeps that order by itself, so there
// every mail is a chain of its own and all of them share a commit.
std::vector<std::vector<std::size_t>> MailIntake::Batch::chains(bool one_writer) const {
  std::vector<std::vector<std::size_t>> chains;
  if (one_writer) {
    for (std::size_t i = 0; i < items.size(); ++i) chains.push_back({i});
    return chains;
  }
  std::unordered_map<std::string, std::size_t> chain_of;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& message = items[i].message;
    std::vector<std::string> names = message.references;
    names.insert(names.end(), message.in_reply_to.begin(), message.in_reply_to.end());
    if (!message.message_id.empty()) names.push_back(message.message_id);
    if (message.from) names.push_back("from " + message.from->address);
    const auto known = std::ranges::find_if(names, [&](const std::string& name) { return chain_of.contains(name); });
    const auto chain = known == names.end() ? chains.size() : chain_of[*known];
    if (chain == chains.size()) chains.emplace_back();
    chains[chain].push_back(i);
    for (auto& name : names) chain_of.try_emplace(std::move(name), chain);
  }
  return chains;
}

MailIntake::MailIntake(asio::any_io_executor executor, store::Spool& spool, store::Database& database,
                       BlockingPool& pool, const Clock& clock, Receive receive)
    : spool_(spool),
      database_(database),
      pool_(pool),
      clock_(clock),
      receive_(std::move(receive)),
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
    if (finished < most_in_a_batch) co_await pause(gathering_time, false);
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

asio::awaitable<int> MailIntake::pass() {
  auto batch = std::make_shared<Batch>();
  for (auto& mail : co_await spool_.next(most_in_a_batch, clock_.now())) batch->items.emplace_back(std::move(mail));
  if (batch->items.empty()) co_return 0;
  co_await pool_.run([batch] {
    for (auto& item : batch->items) item.message = mail::read_message(item.spooled.mail.bytes);
    return true;
  });
  co_await receive_all(batch);
  const int finished = co_await settle(batch);
  if (!batch->held_up_by.empty()) throw std::runtime_error(batch->held_up_by);
  co_return finished;
}

asio::awaitable<void> MailIntake::receive_all(std::shared_ptr<Batch> batch) {
  asio::steady_timer all_done(timer_.get_executor(), asio::steady_timer::time_point::max());
  auto chains = batch->chains(database_.backend() == store::Backend::sqlite);
  batch->running = static_cast<int>(chains.size());
  for (auto& chain : chains)
    asio::co_spawn(timer_.get_executor(), receive_chain(batch, std::move(chain)),
                   [batch, &all_done](const std::exception_ptr&) {
                     if (--batch->running == 0) all_done.cancel();
                   });
  while (batch->running > 0) co_await all_done.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> MailIntake::receive_chain(std::shared_ptr<Batch> batch, std::vector<std::size_t> chain) {
  for (const auto i : chain) {
    auto& item = batch->items[i];
    const auto& envelope = item.spooled.mail.envelope;
    const desk::ReceivedMail received{
        item.message,    item.spooled.mail.bytes, item.spooled.key,        item.spooled.door,
        envelope.sender, envelope.recipients,     item.spooled.received_at};
    auto job = [&](store::Session& sql) { return receive_(sql, received, clock_.now()); };
    try {
      const auto intake = co_await database_.write(job);
      item.written = true;
      log::info("mail_received", {{"spool_key", item.spooled.key},
                                  {"outcome", outcome_words[static_cast<std::size_t>(intake.outcome)]},
                                  {"reason", intake.reason},
                                  {"rfc_message_id", item.message.message_id},
                                  {"ticket", intake.ticket.value},
                                  {"message", intake.message.value}});
    } catch (const DatabaseError& error) {
      (is_held_up_by(error) ? batch->held_up_by : item.error) = error.what();
    } catch (const boost::system::system_error& error) {
      batch->held_up_by = error.what();  // the database's queue is full
    } catch (const std::exception& error) {
      item.error = error.what();
    }
    if (!batch->held_up_by.empty()) co_return;
  }
}

asio::awaitable<int> MailIntake::settle(std::shared_ptr<Batch> batch) {
  auto read_back = [batch](store::Session& sql) {
    std::vector<store::SpoolOutcome> outcomes;
    for (const auto& item : batch->items) {
      if (!item.written) continue;
      auto receipt = store::receipt_of(sql, item.spooled.key, item.spooled.mail.bytes.empty());
      if (receipt)
        outcomes.push_back({item.spooled.id, receipt->outcome, receipt->outcome == "ignored" ? receipt->reason : ""});
    }
    return outcomes;
  };
  auto outcomes = co_await database_.read(read_back);
  for (auto& item : batch->items) {
    const bool found = std::ranges::find(outcomes, item.spooled.id, &store::SpoolOutcome::id) != outcomes.end();
    if (item.written && !found) item.error = "the records could not be read back after the commit";
    if (item.error.empty()) continue;
    log::error("mail_postponed", {{"spool_key", item.spooled.key}, {"error", item.error}});
    co_await spool_.postpone(item.spooled.id, item.error, clock_.now() + retry_after(item.spooled.attempts));
  }
  const int finished = static_cast<int>(outcomes.size());
  if (finished > 0) co_await spool_.finish(std::move(outcomes));
  co_return finished;
}

}  // namespace fifteen::intake
