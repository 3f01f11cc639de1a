#include "server/outbox/webhooks.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "server/base/log.hpp"
#include "server/base/random.hpp"

namespace fifteen::outbox {
namespace {

using namespace std::chrono_literals;
using State = store::WebhookDelivery::State;

constexpr std::chrono::minutes lease{5};  // longer than a try can take
constexpr std::chrono::days until_stopped{3};
constexpr unsigned gone = 410;  // RFC 9110, 15.5.11: it will not be there again

WebRequest request_for(const store::ClaimedDelivery& claimed, Instant now) {
  const auto& delivery = claimed.delivery;
  WebRequest request;
  request.method = "POST";
  request.url = claimed.webhook.url;
  request.headers = {{"Content-Type", "application/json"},
                     {"Fifteen-Event", delivery.event},
                     {"Fifteen-Delivery", delivery.key},
                     {"Fifteen-Signature", webhook_signature(claimed.webhook.secret, now, delivery.body)}};
  request.body = delivery.body;
  request.answer_limit = 4 * KiB;  // nobody reads it
  return request;
}

// What the try makes of the delivery and of its webhook.
void conclude(store::ClaimedDelivery& claimed, const std::expected<WebAnswer, std::string>& answer, Instant now) {
  auto& [delivery, webhook] = claimed;
  const bool is_taken = answer && answer->status >= 200 && answer->status < 300;
  delivery.status = answer ? std::optional<int>(static_cast<int>(answer->status)) : std::nullopt;
  delivery.error = answer ? "" : answer.error();
  if (is_taken) {
    delivery.state = State::sent;
    webhook.failing_since.reset();
  } else {
    const auto next = next_webhook_try(delivery.attempts, delivery.created_at, now);
    delivery.state = next ? State::waiting : State::failed;
    delivery.not_before = next.value_or(now);
    webhook.failing_since = webhook.failing_since.value_or(now);
    if (answer && answer->status == gone)
      webhook.stopped_because = "gone";
    else if (now - *webhook.failing_since >= until_stopped)
      webhook.stopped_because = "failing";
    if (!webhook.stopped_because.empty()) webhook.active = false;
  }
  if (delivery.state != State::waiting) {
    delivery.finished_at = now;
    delivery.not_before = now;
  }
}

// The webhook may have been changed meanwhile: only what the try says of it is written.
void record(store::Session& sql, const store::ClaimedDelivery& claimed, const std::string& owner, Instant now) {
  const auto& [delivery, told] = claimed;
  if (!store::record_delivery(sql, delivery, owner)) return;
  if (delivery.state == State::waiting) store::hold_back_deliveries(sql, delivery.webhook, delivery.not_before);
  auto webhook = store::find_webhook(sql, delivery.webhook);
  if (!webhook || !webhook->active || webhook->url != told.url) return;
  if (webhook->failing_since == told.failing_since && told.active) return;
  webhook->failing_since = told.failing_since;
  webhook->active = told.active;
  webhook->stopped_because = told.stopped_because;
  store::save_webhook(sql, *webhook);
  if (!webhook->active) store::give_up_deliveries(sql, webhook->id, now);
}

}  // namespace

std::string webhook_signature(const Secret& secret, Instant now, std::string_view body) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::string text = fmt::format("{}.{}", seconds, body);
  return fmt::format("t={},v1={}", seconds, hmac_sha256_hex(secret.reveal(), text));
}

std::optional<Instant> next_webhook_try(int attempts, Instant created_at, Instant now) {
  constexpr std::array<std::chrono::seconds, 7> delays = {10s, 1min, 5min, 15min, 1h, 2h, 4h};
  const auto which = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(attempts, 1)), 1, delays.size()) - 1;
  const Instant next = now + delays[which];
  if (next > created_at + std::chrono::days(1)) return {};
  return next;
}

Webhooks::Webhooks(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                   const WebClient& web, std::string owner)
    : records_(records),
      clock_(clock),
      web_(web),
      owner_(std::move(owner)),
      posting_(lanes, lanes, "posting"),
      timers_{boost::asio::steady_timer(executor), boost::asio::steady_timer(executor),
              boost::asio::steady_timer(executor)} {}

boost::asio::awaitable<void> Webhooks::release() {
  const auto job = [this](store::Session& sql) { store::release_delivery_leases(sql, owner_); };
  co_await records_.write(job);
}

boost::asio::awaitable<void> Webhooks::run(std::size_t lane) {
  while (!stop_.stop_requested()) {
    try {
      // One lane gives back what was claimed before; the others wait, for it could not tell theirs from those.
      if (lane == 0 && !released_) {
        co_await release();
        released_ = true;
      }
      if (released_) co_await pass();
    } catch (const std::exception& error) {
      log::warning("webhooks_held_up", {{"error", error.what()}});
    }
    if (stop_.stop_requested()) co_return;
    timers_[lane].expires_after(1s);
    co_await timers_[lane].async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void Webhooks::stop() {
  stop_.request_stop();
  for (auto& timer : timers_) timer.cancel();
}

boost::asio::awaitable<int> Webhooks::pass() {
  int posted = 0;
  while (!stop_.stop_requested() && co_await post_one()) ++posted;
  co_return posted;
}

boost::asio::awaitable<bool> Webhooks::post_one() {
  // Reading first keeps an empty queue from taking the write lock every second.
  const auto look = [this](store::Session& sql) { return store::delivery_is_due(sql, clock_.now()); };
  if (!co_await records_.read(look)) co_return false;
  const auto claim = [this](store::Session& sql) {
    const Instant now = clock_.now();
    return store::claim_delivery(sql, owner_, now, now + lease);
  };
  auto claimed = co_await records_.write(claim);
  if (!claimed) co_return false;
  const WebRequest request = request_for(*claimed, clock_.now());
  const auto post = [&] { return web_.fetch(request, stop_.get_token()); };
  const auto answer = co_await posting_.run(post);
  if (stop_.stop_requested() && !answer) {
    co_await release();  // broken off: no fault of the receiver's
    co_return false;
  }
  conclude(*claimed, answer, clock_.now());
  const auto keep = [&](store::Session& sql) { record(sql, *claimed, owner_, clock_.now()); };
  co_await records_.write(keep);
  log::info("webhook_tried", {{"delivery", claimed->delivery.key},
                              {"webhook", claimed->delivery.webhook},
                              {"status", claimed->delivery.status.value_or(0)},
                              {"error", claimed->delivery.error}});
  co_return true;
}

}  // namespace fifteen::outbox
