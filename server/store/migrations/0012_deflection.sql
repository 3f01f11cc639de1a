-- What became of drafts (docs/clock "Deflection"). A row is one visitor's draft of a question, or a mail's list of answers.
-- session: the browser's name for it, or "ticket:12". listed_at: of its newest list. shown: 0 no list yet, 1 a list, 2 a list kept from the control group.
-- acts: what was done with its list, a bit each (store/deflection.hpp). is_wanting: its last words found no answer, or none
-- that helped. query: those words without addresses and numbers. list_json: [[1 for an idea, id, score]] of its newest list,
-- as it stood; null before there was one. sent_at: of a question that ended the draft.
CREATE TABLE IF NOT EXISTS deflection_sessions (
  id {key},
  session {text 40} NOT NULL UNIQUE,
  visitor {text 64} NOT NULL,
  channel {text 10} NOT NULL,
  brand_id {int} NOT NULL,
  locale {text 20} NOT NULL,
  started_at {us} NOT NULL,
  last_at {us} NOT NULL,
  listed_at {us},
  shown {int} NOT NULL,
  acts {int} NOT NULL,
  is_wanting {int} NOT NULL,
  sent_at {us},
  ticket_id {int},
  version {int} NOT NULL,
  query {text 500} NOT NULL,
  list_json {text 1000}
) {table};
CREATE INDEX IF NOT EXISTS deflection_sessions_started ON deflection_sessions (started_at);
CREATE INDEX IF NOT EXISTS deflection_sessions_wanting ON deflection_sessions (is_wanting, started_at);
CREATE INDEX IF NOT EXISTS deflection_sessions_ticket ON deflection_sessions (ticket_id);

-- What was done with one article in a draft, each once.
CREATE TABLE IF NOT EXISTS deflection_acts (
  session_id {int} NOT NULL,
  act {int} NOT NULL,
  article_id {int} NOT NULL,
  at {us} NOT NULL,
  PRIMARY KEY (session_id, act, article_id)
) {table};

-- The drafts that began on a UTC day (counted from 1970), packed for reports; and days on which something changed since.
CREATE TABLE IF NOT EXISTS deflection_days (
  day {int} NOT NULL,
  part {int} NOT NULL,
  bytes {blob} NOT NULL,
  PRIMARY KEY (day, part)
) {table};
CREATE TABLE IF NOT EXISTS deflection_changes (
  id {key},
  day {int} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS deflection_changes_day ON deflection_changes (day);

-- Articles to write next, the one that saves most first: derived, found anew by a job.
CREATE TABLE IF NOT EXISTS deflection_topics (
  place {int} PRIMARY KEY,
  topic_json {long} NOT NULL
) {table};
-- Which answers by a link were given in a period.
CREATE INDEX IF NOT EXISTS lessons_given ON lessons (source, given_at);
