-- Business hours and targets as people set them.

-- What a closed day is called, whatever version of the schedule names it. day: 2026-12-25.
CREATE TABLE IF NOT EXISTS holiday_names (
  schedule_id {int} NOT NULL,
  day {text 10} NOT NULL,
  name {text 200} NOT NULL,
  PRIMARY KEY (schedule_id, day)
) {table};

-- An iCalendar file on the web whose all-day events are a schedule's holidays. holidays: as read last, JSON ["2026-12-25"]:
-- what it no longer names goes, what people typed in stays. next_at: when it is read again; whoever moves it reads it.
CREATE TABLE IF NOT EXISTS schedule_calendars (
  schedule_id {int} PRIMARY KEY,
  url {text 2000} NOT NULL,
  holidays {long} NOT NULL,
  fetched_at {us},
  next_at {us} NOT NULL,
  error {text 500} NOT NULL
) {table};

-- Promises that ceased to be made; the others hold.
CREATE TABLE IF NOT EXISTS target_ends (
  target_id {int} PRIMARY KEY,
  ended_at {us} NOT NULL
) {table};

-- Mailboxes whose running waits are still to be held to changed hours or targets, and how far that has come, by the waits'
-- (started_at, started_by_message). round: counts the changes, so that one that comes meanwhile begins anew. The second walk,
-- not before every write that was under way at the change has ended, finds the waits that such a write held to the old ones.
CREATE TABLE IF NOT EXISTS promise_changes (
  mailbox_id {int} PRIMARY KEY,
  round {int} NOT NULL,
  after_started_at {us} NOT NULL,
  after_message_id {int} NOT NULL,
  is_second {int} NOT NULL,
  not_before {us} NOT NULL
) {table};
