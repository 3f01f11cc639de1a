#include "server/store/webhooks.hpp"

#include <algorithm>
#include <array>

#include "server/store/columns.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

constexpr std::array state_words = {"waiting", "sent", "failed"};

WebhookDelivery::State state_of(std::string_view word) {
  const auto found = std::ranges::find(state_words, word);
  return static_cast<WebhookDelivery::State>(found == state_words.end() ? 0 : found - state_words.begin());
}
const char* word(WebhookDelivery::State state) {
  return state_words[static_cast<std::size_t>(state)];
}

std::vector<Webhook> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<Webhook> found;
  for (auto& [id, url, secret, events, active, stopped_because, failing_since, created_at] :
       sql.all<std::int64_t, std::string, std::string, std::string, bool, std::string, std::optional<Instant>, Instant>(
           std::string("SELECT id, url, secret, events, active, stopped_because, failing_since, created_at "
                       "FROM webhooks ") +
               where,
           binds))
    found.push_back({id, std::move(url), Secret(std::move(secret)), from_lines(events), active,
                     std::move(stopped_because), failing_since, created_at});
  return found;
}

}  // namespace

std::int64_t add_webhook(Session& sql, const Webhook& webhook) {
  return sql.insert(
      "INSERT INTO webhooks (url, secret, events, active, stopped_because, created_at) VALUES (:url, :secret, :events, "
      ":active, '', :created)",
      {{"url", webhook.url},
       {"secret", webhook.secret.reveal()},
       {"events", to_lines(webhook.events)},
       {"active", webhook.active},
       {"created", webhook.created_at}});
}

void save_webhook(Session& sql, const Webhook& webhook) {
  sql.run(
      "UPDATE webhooks SET url = :url, events = :events, active = :active, stopped_because = :because, failing_since = "
      ":failing WHERE id = :id",
      {{"url", webhook.url},
       {"events", to_lines(webhook.events)},
       {"active", webhook.active},
       {"because", clip(webhook.stopped_because, 300)},
       {"failing", webhook.failing_since},
       {"id", webhook.id}});
}

bool remove_webhook(Session& sql, std::int64_t id) {
  sql.run("DELETE FROM webhook_deliveries WHERE webhook_id = :id", {{"id", id}});
  return sql.run("DELETE FROM webhooks WHERE id = :id", {{"id", id}}) > 0;
}

std::optional<Webhook> find_webhook(Session& sql, std::int64_t id) {
  auto found = select(sql, "WHERE id = :id", {{"id", id}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Webhook> webhooks(Session& sql) {
  return select(sql, "ORDER BY id LIMIT 50", {});
}

void queue_delivery(Session& sql, const WebhookDelivery& delivery) {
  sql.add_row("webhook_deliveries", {{"webhook_id", delivery.webhook},
                                     {"delivery_key", delivery.key},
                                     {"event", delivery.event},
                                     {"message_id", delivery.message},
                                     {"body", delivery.body},
                                     {"state", word(delivery.state)},
                                     {"not_before", delivery.not_before},
                                     {"last_error", ""},
                                     {"created_at", delivery.created_at}});
}

void withdraw_deliveries(Session& sql, MessageId message) {
  sql.run("DELETE FROM webhook_deliveries WHERE message_id = :message AND state = 'waiting' AND attempts = 0",
          {{"message", message}});
}

std::vector<WebhookDelivery> deliveries_of(Session& sql, std::int64_t webhook, int limit) {
  std::vector<WebhookDelivery> list;
  // Index webhook_deliveries_webhook.
  for (auto& [id, key, event, state, not_before, attempts, status, error, created_at, finished_at] :
       sql.all<std::int64_t, std::string, std::string, std::string, Instant, int, std::optional<int>, std::string,
               Instant, std::optional<Instant>>(
           "SELECT id, delivery_key, event, state, not_before, attempts, status, last_error, created_at, finished_at "
           "FROM webhook_deliveries WHERE webhook_id = :webhook ORDER BY id DESC LIMIT :limit",
           {{"webhook", webhook}, {"limit", limit}})) {
    WebhookDelivery& one = list.emplace_back();
    one.id = id;
    one.webhook = webhook;
    one.key = std::move(key);
    one.event = std::move(event);
    one.state = state_of(state);
    one.not_before = not_before;
    one.attempts = attempts;
    one.status = status;
    one.error = std::move(error);
    one.created_at = created_at;
    one.finished_at = finished_at;
  }
  return list;
}

std::int64_t drop_old_deliveries(Session& sql, Instant before) {
  std::int64_t gone = 0;
  for (const char* state : {"sent", "failed"})  // index webhook_deliveries_due
    gone += sql.run("DELETE FROM webhook_deliveries WHERE state = :state AND not_before < :before",
                    {{"state", state}, {"before", before}});
  return gone;
}

namespace {

// Index webhook_deliveries_due; what is leased stands first in it, one for each that is under way.
std::optional<std::int64_t> due_delivery(Session& sql, Instant now) {
  const auto row = sql.one<std::int64_t>(
      "SELECT id FROM webhook_deliveries WHERE state = 'waiting' AND not_before <= :now AND (lease_until IS NULL OR "
      "lease_until <= :now) ORDER BY not_before, id LIMIT 1",
      {{"now", now}});
  if (!row) return {};
  return std::get<0>(*row);
}

}  // namespace

bool delivery_is_due(Session& sql, Instant now) {
  return due_delivery(sql, now).has_value();
}

std::optional<ClaimedDelivery> claim_delivery(Session& sql, const std::string& owner, Instant now,
                                              Instant lease_until) {
  const auto id = due_delivery(sql, now);
  if (!id) return {};
  const bool ours = sql.run(
      "UPDATE webhook_deliveries SET lease_until = :until, lease_owner = :owner, attempts = attempts + 1 "
      "WHERE id = :id AND state = 'waiting' AND (lease_until IS NULL OR lease_until <= :now)",
      {{"until", lease_until}, {"owner", owner}, {"id", *id}, {"now", now}});
  auto row = sql.one<std::int64_t, std::string, std::string, std::string, int, Instant>(
      "SELECT webhook_id, delivery_key, event, body, attempts, created_at FROM webhook_deliveries WHERE id = :id",
      {{"id", *id}});
  if (!ours || !row) return {};
  auto& [webhook_id, key, event, body, attempts, created_at] = *row;
  auto webhook = find_webhook(sql, webhook_id);
  if (!webhook) return {};
  ClaimedDelivery claimed{.delivery = {}, .webhook = std::move(*webhook)};
  claimed.delivery.id = *id;
  claimed.delivery.webhook = webhook_id;
  claimed.delivery.key = std::move(key);
  claimed.delivery.event = std::move(event);
  claimed.delivery.body = std::move(body);
  claimed.delivery.attempts = attempts;
  claimed.delivery.created_at = created_at;
  return claimed;
}

bool record_delivery(Session& sql, const WebhookDelivery& delivery, const std::string& owner) {
  return sql.run(
             "UPDATE webhook_deliveries SET state = :state, not_before = :not_before, status = :status, last_error = "
             ":error, finished_at = :finished, lease_until = NULL, lease_owner = NULL "
             "WHERE id = :id AND state = 'waiting' AND lease_owner = :owner",
             {{"state", word(delivery.state)},
              {"not_before", delivery.not_before},
              {"status", delivery.status},
              {"error", clip(delivery.error, 300)},
              {"finished", delivery.finished_at},
              {"id", delivery.id},
              {"owner", owner}}) > 0;
}

void hold_back_deliveries(Session& sql, std::int64_t webhook, Instant until) {
  sql.run(
      "UPDATE webhook_deliveries SET not_before = :until WHERE webhook_id = :webhook AND state = 'waiting' "
      "AND not_before < :until AND lease_owner IS NULL",
      {{"until", until}, {"webhook", webhook}});
}

void give_up_deliveries(Session& sql, std::int64_t webhook, Instant now) {
  sql.run(
      "UPDATE webhook_deliveries SET state = 'failed', not_before = :now, finished_at = :now, lease_until = NULL, "
      "lease_owner = NULL WHERE webhook_id = :webhook AND state = 'waiting'",
      {{"now", now}, {"webhook", webhook}});
}

void release_delivery_leases(Session& sql, const std::string& owner) {
  sql.run("UPDATE webhook_deliveries" + by_index("webhook_deliveries_due", sql.backend()) +
              " SET lease_until = NULL, lease_owner = NULL WHERE state = 'waiting' AND lease_owner = :owner",
          {{"owner", owner}});
}

}  // namespace fifteen::store
