#include "server/outbox/outbox.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/as_tuple.hpp>

#include "server/base/log.hpp"

namespace fifteen::outbox {

using namespace std::chrono_literals;
using store::QueuedRecipient;
using store::RecipientState;

// One mail on its way, and what became of it.
struct Outbox::Try {
  store::ClaimedMail mail;
  std::vector<mail::Delivery> deliveries;  // one a recipient that waited
};

namespace {

// What a recipient's answer makes of it; a temporary failure of a mail that has waited too long is one for good.
QueuedRecipient after(QueuedRecipient recipient, const mail::Delivery& delivery, bool may_try_again) {
  recipient.answer = delivery.text;
  if (delivery.is_done()) {
    recipient.state = RecipientState::sent;
  } else if (delivery.is_permanent()) {
    recipient.state = RecipientState::failed;
  } else if (!may_try_again) {
    recipient.state = RecipientState::failed;
    recipient.answer = "given up after four days: " + delivery.text;
  }
  return recipient;
}

// What people read in the ticket and under Settings → Outgoing: the first that went wrong.
std::string error_of(const std::vector<QueuedRecipient>& recipients) {
  for (const auto& recipient : recipients)
    if (recipient.state != RecipientState::sent)
      return recipients.size() == 1 ? recipient.answer : recipient.address + ": " + recipient.answer;
  return {};
}

}  // namespace

std::optional<Instant> next_try(int attempts, Instant created_at, Instant now) {
  constexpr std::array<std::chrono::minutes, 7> delays = {1min, 5min, 15min, 1h, 2h, 4h, 6h};
  const auto which = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(attempts, 1)), 1, delays.size()) - 1;
  const auto next = now + delays[which];
  if (next > created_at + std::chrono::days(4)) return std::nullopt;
  return next;
}

Outbox::Outbox(asio::any_io_executor executor, store::Database& database, const Clock& clock, OutboxSettings settings,
               OutboxHooks hooks)
    : database_(database),
      clock_(clock),
      settings_(std::move(settings)),
      hooks_(std::move(hooks)),
      timer_(std::move(executor)) {}

asio::awaitable<void> Outbox::run() {
  auto release = [this](store::Session& sql) { store::release_leases(sql, settings_.owner); };
  bool released = false;
  auto backoff = 15'000ms;
  while (!stopping_) {
    woken_ = false;
    std::string trouble;
    try {
      if (!released) co_await database_.write(release);
      released = true;
      co_await pass();
    } catch (const store::DatabaseError& error) {
      trouble = error.what();
      // A claim whose commit got no answer may have left a lease that we know nothing of.
      if (error.is_outage()) released = false;
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    if (!trouble.empty()) log::warning("outbox_held_up", {{"error", trouble}});
    if (!relay_is_away_) backoff = 15'000ms;
    if (relay_is_away_) {
      co_await pause(backoff, false);
      backoff = std::min(backoff * 2, 300'000ms);
    } else {
      co_await pause(1000ms, trouble.empty());
    }
  }
}

void Outbox::wake() {
  woken_ = true;
  timer_.cancel();
}

void Outbox::stop() {
  stopping_ = true;
  timer_.cancel();
}

asio::awaitable<void> Outbox::pause(std::chrono::milliseconds time, bool until_woken) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (!stopping_ && !(until_woken && woken_) && std::chrono::steady_clock::now() < end) {
    timer_.expires_at(end);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

asio::awaitable<int> Outbox::pass() {
  relay_is_away_ = false;
  if (!settings_.relay) co_return 0;
  int tried = 0;
  std::unique_ptr<mail::SmtpClient> client;
  Try attempt;
  while (!stopping_ && !relay_is_away_ && co_await claim(attempt)) {
    co_await send(attempt, client);
    co_await record(attempt);
    ++tried;
  }
  if (client) co_await client->quit();
  co_return tried;
}

asio::awaitable<bool> Outbox::claim(Try& attempt) {
  // Reading first keeps an empty queue from taking the write lock every second.
  auto look = [this](store::Session& sql) { return store::mail_is_due(sql, clock_.now()); };
  if (!co_await database_.read(look)) co_return false;
  auto job = [this](store::Session& sql) {
    const auto now = clock_.now();
    return store::claim_mails(sql, settings_.owner, now, now + settings_.lease, 1);
  };
  auto claimed = co_await database_.write(job);
  if (claimed.empty()) co_return false;
  attempt.mail = std::move(claimed.front());
  attempt.deliveries.clear();
  co_return true;
}

asio::awaitable<void> Outbox::send(Try& attempt, std::unique_ptr<mail::SmtpClient>& client) {
  const auto waiting = static_cast<std::size_t>(
      std::ranges::count(attempt.mail.recipients, RecipientState::waiting, &QueuedRecipient::state));
  const auto all = [&](mail::Delivery delivery) { attempt.deliveries.assign(waiting, std::move(delivery)); };
  std::string failure;
  mail::SmtpMail letter;
  try {
    auto job = [&](store::Session& sql) { return compose(sql, attempt.mail); };
    auto composed = co_await database_.read(job);
    if (composed)
      letter = std::move(*composed);
    else
      all({mail::ReplyKind::permanent, "", "the mail cannot be written: " + composed.error().message()});
  } catch (const store::DatabaseError& error) {
    if (error.is_outage()) throw;  // the mail is not to blame: run() gives its lease back
    failure = error.what();
  } catch (const std::exception& error) {
    failure = error.what();
  }
  if (!failure.empty()) all({mail::ReplyKind::temporary, "", failure});
  if (!attempt.deliveries.empty() || waiting == 0) co_return;

  if (!client || !client->is_open()) {
    auto opened = co_await mail::SmtpClient::open(*settings_.relay, settings_.smtp);
    if (!opened) {
      relay_is_away_ = true;
      log::warning("relay_unusable", {{"relay", settings_.relay->shown()}, {"error", opened.error().text}});
      all(std::move(opened.error()));
      co_return;
    }
    client = std::move(*opened);
  }
  attempt.deliveries = co_await client->send(std::move(letter));
}

// Once the relay has the mail, losing its outcome would send it again: the database is asked until it answers.
asio::awaitable<void> Outbox::record(Try& attempt) {
  const auto now = clock_.now();
  const auto next = next_try(attempt.mail.attempts, attempt.mail.created_at, now);
  auto recipients = attempt.mail.recipients;
  auto delivery = attempt.deliveries.begin();
  for (auto& recipient : recipients)
    if (recipient.state == RecipientState::waiting && delivery != attempt.deliveries.end())
      recipient = after(std::move(recipient), *delivery++, next.has_value());
  const auto error = error_of(recipients);
  const bool reached_nobody = std::ranges::all_of(
      recipients, [](const QueuedRecipient& recipient) { return recipient.state == RecipientState::failed; });

  auto job = [&](store::Session& sql) {
    const bool ours =
        store::record_attempt(sql, attempt.mail.id, settings_.owner, recipients, error, next.value_or(now), now);
    const auto message = attempt.mail.mail.message;
    if (ours && message && reached_nobody) hooks_.on_failed(sql, message, error, now);
    if (ours && message) hooks_.on_changed(sql, message, now);
    return ours;
  };
  for (auto wait = 1000ms;; wait = std::min(wait * 2, 30'000ms)) {
    std::string trouble;
    try {
      const bool ours = co_await database_.write(job);
      log::info("mail_tried", {{"queue_id", attempt.mail.id},
                               {"message", attempt.mail.mail.message.value},
                               {"rfc_message_id", attempt.mail.mail.rfc_message_id},
                               {"attempt", attempt.mail.attempts},
                               {"recorded", static_cast<int>(ours)},
                               {"error", error}});
      co_return;
    } catch (const store::DatabaseError& e) {
      if (!e.is_outage() || stopping_) throw;
      trouble = e.what();
    } catch (const boost::system::system_error& e) {
      if (stopping_) throw;
      trouble = e.what();  // the database's queue is full
    }
    log::warning("outcome_not_recorded", {{"queue_id", attempt.mail.id}, {"error", trouble}});
    co_await pause(wait, false);
  }
}

}  // namespace fifteen::outbox
