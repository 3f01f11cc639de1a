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
