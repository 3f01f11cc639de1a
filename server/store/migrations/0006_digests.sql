-- How a manager wants the weekly digest; no row: on Monday in the desk's zone. language, zone: empty for the desk's.
CREATE TABLE IF NOT EXISTS digest_choices (
  agent_id {int} PRIMARY KEY,
  wanted {int} NOT NULL,
  zone {text 64} NOT NULL,
  language {text 20} NOT NULL
) {table};
-- Weeks that were told, or passed over in silence, by their Monday: each once a person, whatever other nodes do.
CREATE TABLE IF NOT EXISTS digests (
  agent_id {int} NOT NULL,
  week {text 10} NOT NULL,
  settled_at {us} NOT NULL,
  PRIMARY KEY (agent_id, week)
) {table};
