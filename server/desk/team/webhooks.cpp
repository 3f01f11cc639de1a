#include "server/desk/team/webhooks.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "server/base/random.hpp"
#include "server/base/rfc3339.hpp"
#include "server/base/web_client.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr std::size_t most_webhooks = 50;

bool contains(const auto& list, std::string_view one) {
  return std::ranges::find(list, one) != list.end();
}

void queue_for(store::Session& sql, std::int64_t webhook, std::string_view event, json::object body, MessageId message,
               Instant not_before, Instant now) {
  const std::string key = random_token();
  body["id"] = key;
  body["event"] = event;
  body["at"] = to_rfc3339(now);
  store::WebhookDelivery delivery;
  delivery.webhook = webhook;
  delivery.key = key;
  delivery.event = event;
  delivery.message = message;
  delivery.body = json::serialize(body);
  delivery.not_before = not_before;
  delivery.created_at = now;
  store::queue_delivery(sql, delivery);
}

// Takes the wish into the webhook, if all of it can be.
bool take(store::Webhook& webhook, const WebhookWish& wish) {
  if (wish.url) webhook.url = *wish.url;
  if (wish.events) webhook.events = *wish.events;
  if (wish.active) {
    webhook.active = *wish.active;
    webhook.stopped_because.clear();
    webhook.failing_since.reset();
  }
  const auto is_known = [](const std::string& event) { return contains(webhook_events, event); };
  std::ranges::sort(webhook.events);
  const auto again = std::ranges::unique(webhook.events);
  webhook.events.erase(again.begin(), again.end());
  return webhook.url.size() <= 1000 && web_address_mistake(webhook.url).empty() && !webhook.events.empty() &&
         std::ranges::all_of(webhook.events, is_known);
}

}  // namespace

void WebhookQueue::tell(std::string_view event, const store::Ticket& ticket, const json::object& more) {
  queue(event, ticket, more, {}, now_);
}

void WebhookQueue::tell_reply(const store::Ticket& ticket, MessageId reply, AgentId agent, Instant not_before) {
  queue("reply.sent", ticket, {{"message", std::to_string(reply.value)}, {"agent", std::to_string(agent.value)}}, reply,
        not_before);
}

void WebhookQueue::queue(std::string_view event, const store::Ticket& ticket, json::object body, MessageId message,
                         Instant not_before) {
  if (!webhooks_) webhooks_ = store::webhooks(sql_);
  body["ticket"] =
      json::object{{"id", std::to_string(ticket.id.value)}, {"number", ticket.id.value}, {"subject", ticket.subject}};
  for (const store::Webhook& webhook : *webhooks_)
    if (webhook.active && contains(webhook.events, event))
      queue_for(sql_, webhook.id, event, body, message, not_before, now_);
}

result<store::Webhook> add_webhook(store::Session& sql, const Actor& actor, const WebhookWish& wish, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  store::Webhook webhook;
  if (!take(webhook, wish) || store::webhooks(sql).size() >= most_webhooks) return errc::invalid;
  webhook.secret = Secret(random_token());
  webhook.created_at = now;
  webhook.id = store::add_webhook(sql, webhook);
  return webhook;
}

result<store::Webhook> change_webhook(store::Session& sql, const Actor& actor, std::int64_t id, const WebhookWish& wish,
                                      Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  auto webhook = store::find_webhook(sql, id);
  if (!webhook) return errc::not_found;
  if (!take(*webhook, wish)) return errc::invalid;
  store::save_webhook(sql, *webhook);
  if (!webhook->active) store::give_up_deliveries(sql, id, now);
  return std::move(*webhook);
}

result<void> remove_webhook(store::Session& sql, const Actor& actor, std::int64_t id) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (!store::remove_webhook(sql, id)) return errc::not_found;
  return {};
}

result<void> test_webhook(store::Session& sql, const Actor& actor, std::int64_t id, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto webhook = store::find_webhook(sql, id);
  if (!webhook) return errc::not_found;
  if (!webhook->active) return errc::conflict;
  queue_for(sql, id, "ping", {}, {}, now, now);
  return {};
}

}  // namespace fifteen::desk
