-- Alerts, notifications, webhooks.

-- What a wait's alerts are (domain/alert.hpp), by the wait's key: when 50, 80 and 100 % of its target are reached, the highest level
-- told, and when the next is due. next_at is null while the wait does not run; the row stays as long as something was told, since the
-- wait may come back.
CREATE TABLE IF NOT EXISTS wait_alerts (
  started_by_message {int} PRIMARY KEY,
  at_50 {us},
  at_80 {us},
  at_100 {us},
  told {int} NOT NULL DEFAULT 0,
  next_at {us}
) {table};
CREATE INDEX IF NOT EXISTS wait_alerts_next ON wait_alerts (next_at);
-- The waits that run already are told of at 100 %.
INSERT INTO wait_alerts (started_by_message, at_100, told, next_at)
  SELECT w.started_by_message, w.due_at, 0, w.due_at FROM waits w WHERE w.ending = 'running' AND w.due_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM wait_alerts a WHERE a.started_by_message = w.started_by_message);

-- What an agent was told, for the list under the bell. what: domain/notice.hpp. by_name: the customer or colleague.
CREATE TABLE IF NOT EXISTS notifications (
  id {key},
  agent_id {int} NOT NULL,
  what {text 12} NOT NULL,
  ticket_id {int} NOT NULL,
  by_name {text 200} NOT NULL,
  at {us} NOT NULL,
  read_at {us}
) {table};
CREATE INDEX IF NOT EXISTS notifications_agent ON notifications (agent_id, id);
CREATE INDEX IF NOT EXISTS notifications_unread ON notifications (agent_id, read_at, ticket_id);
CREATE INDEX IF NOT EXISTS notifications_at ON notifications (at);

-- What an agent wants to be told, where and when; no row: the defaults.
CREATE TABLE IF NOT EXISTS notice_choices (
  agent_id {int} PRIMARY KEY,
  choices_json {text 2000} NOT NULL
) {table};

-- Addresses that are told of events. events: one a line. failing_since: of the first failure since the last success.
CREATE TABLE IF NOT EXISTS webhooks (
  id {key},
  url {text 1000} NOT NULL,
  secret {text 64} NOT NULL,
  events {text 500} NOT NULL,
  active {int} NOT NULL,
  stopped_because {text 300} NOT NULL,
  failing_since {us},
  created_at {us} NOT NULL
) {table};
-- What is to be told, as mail_queue: state waiting, sent or failed. delivery_key is what the receiver knows it by.
CREATE TABLE IF NOT EXISTS webhook_deliveries (
  id {key},
  webhook_id {int} NOT NULL,
  delivery_key {text 32} NOT NULL,
  event {text 30} NOT NULL,
  message_id {int},
  body {long} NOT NULL,
  state {text 10} NOT NULL,
  not_before {us} NOT NULL,
  attempts {int} NOT NULL DEFAULT 0,
  lease_until {us},
  lease_owner {text 60},
  status {int},
  last_error {text 300} NOT NULL,
  created_at {us} NOT NULL,
  finished_at {us}
) {table};
CREATE INDEX IF NOT EXISTS webhook_deliveries_due ON webhook_deliveries (state, not_before);
CREATE INDEX IF NOT EXISTS webhook_deliveries_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX IF NOT EXISTS webhook_deliveries_message ON webhook_deliveries (message_id);
