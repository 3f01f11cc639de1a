#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/base/secret.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

struct Webhook {
  std::int64_t id = 0;
  std::string url;
  Secret secret;
  std::vector<std::string> events;
  bool active = true;
  std::string stopped_because;  // of one that the program has stopped
  std::optional<Instant> failing_since;
  Instant created_at{};
};
std::int64_t add_webhook(Session& sql, const Webhook& webhook);
void save_webhook(Session& sql, const Webhook& webhook);
// With its deliveries. Returns whether there was one.
bool remove_webhook(Session& sql, std::int64_t id);
std::optional<Webhook> find_webhook(Session& sql, std::int64_t id);
// By id; at most 50.
std::vector<Webhook> webhooks(Session& sql);

struct WebhookDelivery {
  std::int64_t id = 0;
  std::int64_t webhook = 0;
  std::string key;    // what the receiver knows it by; the same in every try
  std::string event;  // "ticket.opened"
  MessageId message;  // the reply that it tells of
  std::string body;
  enum class State { waiting, sent, failed } state = State::waiting;
  Instant not_before{};
  int attempts = 0;
  std::optional<int> status;  // of the last answer
  std::string error;          // of the last try
  Instant created_at{};
  std::optional<Instant> finished_at;
};
void queue_delivery(Session& sql, const WebhookDelivery& delivery);
// The reply is taken back: what is still to be told of it is not.
void withdraw_deliveries(Session& sql, MessageId message);
// Newest first, without their bodies.
std::vector<WebhookDelivery> deliveries_of(Session& sql, std::int64_t webhook, int limit);
// Finished ones; how many went.
std::int64_t drop_old_deliveries(Session& sql, Instant before);

bool delivery_is_due(Session& sql, Instant now);
// The longest due one, for `owner` alone until `lease_until`; this try is counted.
struct ClaimedDelivery {
  WebhookDelivery delivery;
  Webhook webhook;
};
std::optional<ClaimedDelivery> claim_delivery(Session& sql, const std::string& owner, Instant now, Instant lease_until);
// Ends the lease with what became of the try: `delivery` as it now is. False: the lease was lost, nothing was written.
bool record_delivery(Session& sql, const WebhookDelivery& delivery, const std::string& owner);
// Nothing of this webhook is tried before `until`: its receiver is away.
void hold_back_deliveries(Session& sql, std::int64_t webhook, Instant until);
// The webhook is stopped: what waits for it has failed.
void give_up_deliveries(Session& sql, std::int64_t webhook, Instant now);
void release_delivery_leases(Session& sql, const std::string& owner);

}  // namespace fifteen::store
