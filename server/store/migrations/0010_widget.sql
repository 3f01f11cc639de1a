-- The widget on other sites: its public keys, by which pages it may be used (origins, one a line), and the secret under which
-- a site signs who its visitors are; a former one holds on for a day. brand_id: null for the desk's own.
CREATE TABLE IF NOT EXISTS widget_keys (
  id {key},
  public_key {text 40} NOT NULL UNIQUE,
  name {text 200} NOT NULL,
  brand_id {int},
  origins {long} NOT NULL,
  secret {text 64} NOT NULL,
  former_secret {text 64},
  former_until {us},
  created_at {us} NOT NULL
) {table};
-- What a question's page said of who asks: JSON, in the words of identify. external_id: of the site's own customer, where that
-- was signed. page: its address.
CREATE TABLE IF NOT EXISTS widget_questions (
  ticket_id {int} PRIMARY KEY,
  external_id {text 200},
  identity {long} NOT NULL,
  page {text 1000} NOT NULL,
  created_at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS widget_questions_customer ON widget_questions (external_id, ticket_id);
-- What customers of other programs did there, by the other program's own id of them; the last 200 of each.
CREATE TABLE IF NOT EXISTS customer_events (
  id {key},
  external_id {text 200} NOT NULL,
  name {text 100} NOT NULL,
  at {us} NOT NULL,
  data {long} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS customer_events_customer ON customer_events (external_id, id);
-- One question on a card, once a person: "id:" and the site's signed id, or "visitor:" and a browser's. answer: null while none.
CREATE TABLE IF NOT EXISTS surveys (
  survey {text 100} NOT NULL,
  person {text 210} NOT NULL,
  kind {text 10} NOT NULL,
  question {text 500} NOT NULL,
  shown_at {us} NOT NULL,
  answer {text 500},
  answered_at {us},
  PRIMARY KEY (survey, person)
) {table};
CREATE INDEX IF NOT EXISTS surveys_person ON surveys (person, shown_at);
CREATE INDEX IF NOT EXISTS surveys_answered ON surveys (survey, answered_at, person);
