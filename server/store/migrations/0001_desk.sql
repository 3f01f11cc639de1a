-- The records of a help desk. {words} are explained in dialect.hpp. All instants are UTC microseconds.

-- Settings of the whole desk, and keys that no client sees.
CREATE TABLE IF NOT EXISTS settings (
  name {text 100} PRIMARY KEY,
  value {long} NOT NULL
) {table};

-- MariaDB: which writes have committed, to settle a COMMIT whose answer was lost.
CREATE TABLE IF NOT EXISTS commands (
  id {text 32} PRIMARY KEY,
  at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS commands_at ON commands (at);

-- People who answer.
CREATE TABLE IF NOT EXISTS agents (
  id {key},
  email {text 254} NOT NULL UNIQUE,
  name {text 200} NOT NULL,
  role {text 10} NOT NULL,
  password_hash {text 200},
  active {int} NOT NULL DEFAULT 1,
  created_at {us} NOT NULL
) {table};

-- One-time links: an invitation or a password reset. Only the token's SHA-256 is kept.
CREATE TABLE IF NOT EXISTS credentials (
  token_hash {text 64} PRIMARY KEY,
  agent_id {int} NOT NULL,
  kind {text 10} NOT NULL,
  expires_at {us} NOT NULL,
  used_at {us}
) {table};
CREATE INDEX IF NOT EXISTS credentials_agent ON credentials (agent_id);

CREATE TABLE IF NOT EXISTS sessions (
  token_hash {text 64} PRIMARY KEY,
  agent_id {int} NOT NULL,
  csrf {text 32} NOT NULL,
  created_at {us} NOT NULL,
  seen_at {us} NOT NULL,
  expires_at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS sessions_agent ON sessions (agent_id);

CREATE TABLE IF NOT EXISTS api_tokens (
  id {key},
  token_hash {text 64} NOT NULL UNIQUE,
  name {text 200} NOT NULL,
  scope {text 10} NOT NULL,
  agent_id {int},
  created_at {us} NOT NULL,
  revoked_at {us}
) {table};

-- Counted tries against a name ("signin:ana@example.com", "form:203.0.113.7"), by fixed window.
CREATE TABLE IF NOT EXISTS rate_limits (
  name {text 300} NOT NULL,
  window_start {us} NOT NULL,
  tries {int} NOT NULL,
  PRIMARY KEY (name, window_start)
) {table};
CREATE INDEX IF NOT EXISTS rate_limits_window ON rate_limits (window_start);

-- What a POST with an Idempotency-Key answered, so that its repetition gets the same.
CREATE TABLE IF NOT EXISTS idempotency (
  principal {text 60} NOT NULL,
  idempotency_key {text 200} NOT NULL,
  request_hash {text 64} NOT NULL,
  status {int} NOT NULL,
  body {long} NOT NULL,
  created_at {us} NOT NULL,
  PRIMARY KEY (principal, idempotency_key)
) {table};
CREATE INDEX IF NOT EXISTS idempotency_created ON idempotency (created_at);

-- Business hours, by version (clock.md). weekly: JSON [{"day","start","end"}], holidays: JSON ["2026-12-25"].
CREATE TABLE IF NOT EXISTS schedules (
  id {key},
  name {text 200} NOT NULL,
  created_at {us} NOT NULL
) {table};
CREATE TABLE IF NOT EXISTS schedule_versions (
  schedule_id {int} NOT NULL,
  valid_from {us} NOT NULL,
  zone {text 64} NOT NULL,
  weekly {long} NOT NULL,
  holidays {long} NOT NULL,
  PRIMARY KEY (schedule_id, valid_from)
) {table};

CREATE TABLE IF NOT EXISTS mailboxes (
  id {key},
  address {text 254} NOT NULL UNIQUE,
  name {text 200} NOT NULL,
  schedule_id {int},
  acknowledge {int} NOT NULL DEFAULT 1,
  signature {long} NOT NULL,
  created_at {us} NOT NULL
) {table};
-- The promise: seconds until an answer, from an instant on; `condition_json` '{}' for everybody, else traits as {"plan":"pro"}.
CREATE TABLE IF NOT EXISTS targets (
  id {key},
  mailbox_id {int} NOT NULL,
  valid_from {us} NOT NULL,
  condition_json {text 500} NOT NULL,
  target_us {int} NOT NULL,
  UNIQUE (mailbox_id, valid_from, condition_json)
) {table};

CREATE TABLE IF NOT EXISTS customers (
  id {key},
  email {text 254},
  name {text 200} NOT NULL,
  external_id {text 200} UNIQUE,
  traits {long} NOT NULL,
  created_at {us} NOT NULL
) {table};
-- Every address a customer writes from; the lower-cased address is the key.
CREATE TABLE IF NOT EXISTS customer_addresses (
  address {text 254} PRIMARY KEY,
  customer_id {int} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS customer_addresses_customer ON customer_addresses (customer_id);

-- A conversation. Its id is its number. The columns from state on are summaries of its events, messages and waits, written
-- with them. shelf: the list that it stands in (open, closed, spam, merged). urgency: its place there, ascending
-- (store/tickets.hpp). family_id: the one id that tickets tied by a merge or split share; null for a ticket on its own.
-- tags: as in ticket_tags, one a line.
CREATE TABLE IF NOT EXISTS tickets (
  id {key},
  mailbox_id {int} NOT NULL,
  customer_id {int} NOT NULL,
  subject {text 500} NOT NULL,
  channel {text 10} NOT NULL,
  started_by {text 12} NOT NULL,
  created_at {us} NOT NULL,
  may_belong_to {int},
  family_id {int},
  version {int} NOT NULL DEFAULT 1,
  state {text 6} NOT NULL,
  closed_at {us},
  is_spam {int} NOT NULL DEFAULT 0,
  shelf {text 6} NOT NULL,
  assignee_id {int},
  merged_into {int},
  wait_kind {int} NOT NULL DEFAULT 0,
  wait_started_at {us},
  wait_due_at {us},
  wait_target_us {int},
  urgency {int} NOT NULL,
  updated_at {us} NOT NULL,
  last_customer_at {us} NOT NULL,
  last_reply_us {int},
  last_replier_id {int},
  preview {text 200} NOT NULL,
  tags {text 2100} NOT NULL
) {table};
-- A list is a shelf in the clock's order, paged by (urgency, id).
CREATE INDEX IF NOT EXISTS tickets_shelf ON tickets (shelf, urgency, id);
CREATE INDEX IF NOT EXISTS tickets_waits ON tickets (shelf, wait_kind, urgency, id);
CREATE INDEX IF NOT EXISTS tickets_assignee ON tickets (assignee_id, shelf, urgency, id);
CREATE INDEX IF NOT EXISTS tickets_customer ON tickets (customer_id, id);
CREATE INDEX IF NOT EXISTS tickets_family ON tickets (family_id);

CREATE TABLE IF NOT EXISTS ticket_tags (
  ticket_id {int} NOT NULL,
  tag {text 100} NOT NULL,
  PRIMARY KEY (ticket_id, tag)
) {table};
CREATE INDEX IF NOT EXISTS ticket_tags_tag ON ticket_tags (tag, ticket_id);

-- Addresses that take part in a ticket: with a fitting token or References, their mail joins it.
CREATE TABLE IF NOT EXISTS participants (
  ticket_id {int} NOT NULL,
  address {text 254} NOT NULL,
  role {text 10} NOT NULL,
  PRIMARY KEY (ticket_id, address)
) {table};

-- Which agent has read a ticket up to where, and drafts.
CREATE TABLE IF NOT EXISTS ticket_reads (
  ticket_id {int} NOT NULL,
  agent_id {int} NOT NULL,
  read_at {us} NOT NULL,
  PRIMARY KEY (ticket_id, agent_id)
) {table};
CREATE TABLE IF NOT EXISTS drafts (
  ticket_id {int} NOT NULL,
  agent_id {int} NOT NULL,
  kind {text 10} NOT NULL,
  body {long} NOT NULL,
  saved_at {us} NOT NULL,
  PRIMARY KEY (ticket_id, agent_id)
) {table};

-- text: what the sender newly wrote (or the agent's Markdown); quoted: the rest of the mail's text. html: as it came, never cleaned.
-- rfc_id_hash: the first 32 hex digits of the SHA-256 of rfc_message_id, which may have 998 characters.
-- content_key: of a mail, SHA-256 over its Message-ID and content, whatever way it came (desk/content_key.hpp): kept once.
-- ticket_version: of its ticket once the message was in it.
-- The long columns stand last, so that reading the others does not walk through them.
CREATE TABLE IF NOT EXISTS messages (
  id {key},
  ticket_id {int} NOT NULL,
  kind {text 10} NOT NULL,
  author_kind {text 12} NOT NULL,
  author_id {int},
  author_name {text 200} NOT NULL,
  author_email {text 254} NOT NULL,
  at {us} NOT NULL,
  subject {text 500} NOT NULL,
  to_json {long} NOT NULL,
  cc_json {long} NOT NULL,
  rfc_message_id {text 998} NOT NULL,
  rfc_id_hash {text 32},
  raw_sha256 {text 64},
  content_key {text 64} UNIQUE,
  why {text 300} NOT NULL,
  closes {int} NOT NULL DEFAULT 0,
  undone_at {us},
  undo_until {us},
  ticket_version {int} NOT NULL DEFAULT 1,
  has_html {int} NOT NULL DEFAULT 0,
  text {long} NOT NULL,
  quoted {long} NOT NULL,
  html {long} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS messages_ticket ON messages (ticket_id, at, id);
CREATE INDEX IF NOT EXISTS messages_rfc_id ON messages (rfc_id_hash);

CREATE TABLE IF NOT EXISTS attachments (
  id {key},
  message_id {int},
  name {text 255} NOT NULL,
  content_type {text 127} NOT NULL,
  content_id {text 255} NOT NULL,
  is_inline {int} NOT NULL,
  size {int} NOT NULL,
  sha256 {text 64} NOT NULL,
  uploaded_by {int},
  created_at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS attachments_message ON attachments (message_id);

-- Bytes by their SHA-256, in chunks of at most 1 MiB: raw mails and attachments.
CREATE TABLE IF NOT EXISTS blobs (
  sha256 {text 64} NOT NULL,
  chunk {int} NOT NULL,
  bytes {blob} NOT NULL,
  PRIMARY KEY (sha256, chunk)
) {table};

-- The one log. Facts of the clock (fact.hpp) and everything else that others must learn. data: JSON.
-- recorded_at is the real time of the write, whatever `at` says; followers need it (events.hpp).
CREATE TABLE IF NOT EXISTS events (
  id {key},
  at {us} NOT NULL,
  recorded_at {us} NOT NULL,
  kind {text 30} NOT NULL,
  ticket_id {int},
  message_id {int},
  actor_kind {text 12} NOT NULL,
  actor_id {int},
  data {long} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS events_ticket ON events (ticket_id, at, id);

-- Waits, reckoned from events. void rows stay, so that undoing finds them.
CREATE TABLE IF NOT EXISTS waits (
  id {key},
  ticket_id {int} NOT NULL,
  started_by_message {int} NOT NULL,
  is_first {int} NOT NULL,
  started_at {us} NOT NULL,
  due_at {us},
  target_us {int} NOT NULL,
  ended_at {us},
  ending {text 20} NOT NULL,
  ended_by {int},
  ended_by_message {int},
  wall_us {int},
  business_us {int},
  mailbox_id {int} NOT NULL,
  channel {text 10} NOT NULL,
  UNIQUE (started_by_message)
) {table};
CREATE INDEX IF NOT EXISTS waits_ticket ON waits (ticket_id);
CREATE INDEX IF NOT EXISTS waits_started ON waits (is_first, started_at);
CREATE INDEX IF NOT EXISTS waits_running ON waits (ending, started_at);

-- Mail on its way out. state: waiting (not_before, lease), sent, failed.
CREATE TABLE IF NOT EXISTS mail_queue (
  id {key},
  message_id {int},
  ticket_id {int},
  kind {text 10} NOT NULL,
  envelope_from {text 254} NOT NULL,
  recipients_json {long} NOT NULL,
  subject {text 500} NOT NULL,
  rfc_message_id {text 998} NOT NULL,
  body {long} NOT NULL,
  state {text 10} NOT NULL,
  not_before {us} NOT NULL,
  attempts {int} NOT NULL DEFAULT 0,
  lease_until {us},
  lease_owner {text 60},
  last_error {text 500} NOT NULL,
  created_at {us} NOT NULL,
  finished_at {us}
) {table};
CREATE INDEX IF NOT EXISTS mail_queue_due ON mail_queue (state, not_before);
CREATE INDEX IF NOT EXISTS mail_queue_message ON mail_queue (message_id);

-- Automatic mail that left, by address: the brake on loops.
CREATE TABLE IF NOT EXISTS automatic_mail (
  id {key},
  address {text 254} NOT NULL,
  at {us} NOT NULL,
  ticket_id {int}
) {table};
CREATE INDEX IF NOT EXISTS automatic_mail_address ON automatic_mail (address, at);

-- What became of every mail that a door accepted: accepted = opened + joined + duplicate + ignored(reason).
-- content_key: as of its message; a second arrival of the same mail is a duplicate.
CREATE TABLE IF NOT EXISTS incoming (
  id {key},
  spool_id {text 64} NOT NULL UNIQUE,
  content_key {text 64} NOT NULL,
  mailbox_id {int},
  received_at {us} NOT NULL,
  door {text 10} NOT NULL,
  envelope_from {text 320} NOT NULL,
  sender {text 320} NOT NULL,
  subject {text 500} NOT NULL,
  outcome {text 10} NOT NULL,
  reason {text 100} NOT NULL,
  ticket_id {int},
  message_id {int},
  raw_sha256 {text 64} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS incoming_outcome ON incoming (outcome, id);

CREATE TABLE IF NOT EXISTS saved_replies (
  id {key},
  title {text 200} NOT NULL,
  text {long} NOT NULL,
  updated_at {us} NOT NULL
) {table};

CREATE TABLE IF NOT EXISTS articles (
  id {key},
  external_id {text 200} UNIQUE,
  slug {text 200} NOT NULL UNIQUE,
  title {text 500} NOT NULL,
  body {long} NOT NULL,
  locale {text 20} NOT NULL,
  state {text 12} NOT NULL,
  category {text 200} NOT NULL,
  views {int} NOT NULL DEFAULT 0,
  created_at {us} NOT NULL,
  updated_at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS articles_state ON articles (state, locale, views);

CREATE TABLE IF NOT EXISTS ratings (
  id {key},
  ticket_id {int} NOT NULL,
  message_id {int},
  at {us} NOT NULL,
  score {text 10} NOT NULL,
  comment {long} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS ratings_ticket ON ratings (ticket_id);

-- Ids of other systems, so that importing the same file twice changes nothing.
CREATE TABLE IF NOT EXISTS import_ids (
  source {text 100} NOT NULL,
  kind {text 20} NOT NULL,
  external_id {text 300} NOT NULL,
  id {int} NOT NULL,
  PRIMARY KEY (source, kind, external_id)
) {table};
CREATE INDEX IF NOT EXISTS import_ids_id ON import_ids (kind, id);

-- Where each follower of `events` stands (search index, outbox, statistics of one node or of all).
CREATE TABLE IF NOT EXISTS cursors (
  name {text 100} PRIMARY KEY,
  event_id {int} NOT NULL
) {table};
