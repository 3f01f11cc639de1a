-- What reports read. All of it is derived from waits and what is known of their tickets, and can be made anew.

-- The waits that started on a UTC day (since 1970), packed by column (desk/wait_page.hpp); a long day has several parts.
-- promises: the version of schedules and targets that they were measured by.
CREATE TABLE IF NOT EXISTS wait_days (
  day {int} NOT NULL,
  part {int} NOT NULL,
  revision {int} NOT NULL,
  promises {text 32} NOT NULL,
  bytes {blob} NOT NULL,
  PRIMARY KEY (day, part)
) {table};

-- Waits of which wait_days no longer says the truth, written with every change: a log, so that writers never meet.
CREATE TABLE IF NOT EXISTS changed_waits (
  id {key},
  started_by_message {int} NOT NULL,
  started_at {us} NOT NULL
) {table};

-- The rating of an answer.
CREATE INDEX IF NOT EXISTS ratings_message ON ratings (message_id, at, id);
