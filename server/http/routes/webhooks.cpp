#include "server/desk/team/webhooks.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/base/web_client.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr const char* no_such_webhook = "A webhook has an address and at least one event; a desk has 50 at most.";

json::object webhook_json(const store::Webhook& webhook) {
  return {{"id", std::to_string(webhook.id)},
          {"url", webhook.url},
          {"events", json::array(webhook.events.begin(), webhook.events.end())},
          {"active", webhook.active},
          {"stopped_because", webhook.stopped_because.empty() ? json::value() : json::value(webhook.stopped_because)},
          {"failing_since", time_json(webhook.failing_since)},
          {"created_at", time_json(webhook.created_at)}};
}

json::object delivery_json(const store::WebhookDelivery& delivery) {
  const bool is_waiting = delivery.state == store::WebhookDelivery::State::waiting;
  const bool is_sent = delivery.state == store::WebhookDelivery::State::sent;
  return {{"id", delivery.key},
          {"event", delivery.event},
          {"state", is_waiting ? "waiting"
                    : is_sent  ? "sent"
                               : "failed"},
          {"attempts", delivery.attempts},
          {"status", delivery.status ? json::value(*delivery.status) : json::value()},
          {"error", delivery.error.empty() ? json::value() : json::value(delivery.error)},
          {"next_attempt_at", is_waiting ? time_json(delivery.not_before) : json::value()},
          {"created_at", time_json(delivery.created_at)},
          {"finished_at", time_json(delivery.finished_at)}};
}

desk::WebhookWish read_wish(Fields& fields) {
  desk::WebhookWish wish;
  wish.url = fields.text("url", 1000);
  if (wish.url)
    if (auto mistake = web_address_mistake(*wish.url); !mistake.empty()) fields.complain("url", std::move(mistake));
  if (fields.has("events")) wish.events = fields.texts("events", desk::webhook_events.size(), 30);
  for (const std::string& event : wish.events.value_or(std::vector<std::string>()))
    if (std::ranges::find(desk::webhook_events, event) == desk::webhook_events.end())
      fields.complain("events", "There is no event " + event + ".");
  if (fields.has("active")) wish.active = fields.flag("active", true);
  return wish;
}

Reply refused(error_code error) {
  return error == make_error_code(errc::invalid) ? problem(error, no_such_webhook) : problem(error);
}

}  // namespace

Reply list_webhooks(store::Session& sql, const Call&) {
  json::array items;
  for (const auto& webhook : store::webhooks(sql)) items.push_back(webhook_json(webhook));
  return ok(list_json(std::move(items)));
}

Reply add_webhook(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto wish = read_wish(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto webhook = desk::add_webhook(sql, actor_of(call), wish, call.now);
  if (!webhook) return refused(webhook.error());
  json::object answer = webhook_json(*webhook);
  answer["secret"] = webhook->secret.reveal();  // here alone
  return created(answer);
}

Reply change_webhook(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const auto wish = read_wish(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto webhook = desk::change_webhook(sql, actor_of(call), *id, wish, call.now);
  return webhook ? ok(webhook_json(*webhook)) : refused(webhook.error());
}

Reply remove_webhook(store::Session& sql, const Call& call) {
  const auto id = call.id();
  const auto removed = id ? desk::remove_webhook(sql, actor_of(call), *id) : id.error();
  return removed ? no_content() : problem(removed.error());
}

Reply test_webhook(store::Session& sql, const Call& call) {
  const auto id = call.id();
  const auto queued = id ? desk::test_webhook(sql, actor_of(call), *id, call.now) : id.error();
  return queued ? accepted() : problem(queued.error());
}

Reply list_deliveries(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id || !store::find_webhook(sql, *id)) return problem(errc::not_found);
  json::array items;
  for (const auto& delivery : store::deliveries_of(sql, *id, 30)) items.push_back(delivery_json(delivery));
  return ok(list_json(std::move(items)));
}

}  // namespace fifteen::http::routes
