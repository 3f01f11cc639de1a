-- Ideas of customers, and who wants them. {words} are explained in dialect.hpp. All instants are UTC microseconds.

-- body: plain text of whoever had it. reason (of the state) and answer: an agent's Markdown. shelf: shown, hidden (spam), merged.
-- author_id: the voter who had it; agent_id: the agent who wrote it down. votes, paying_votes and value_cents are sums over its
-- rows in idea_votes, written with them.
CREATE TABLE IF NOT EXISTS ideas (
  id {key},
  title {text 200} NOT NULL,
  locale {text 20} NOT NULL,
  shelf {text 6} NOT NULL,
  state {text 10} NOT NULL,
  answered_by {int},
  answered_at {us},
  author_id {int},
  agent_id {int},
  merged_into {int},
  votes {int} NOT NULL DEFAULT 0,
  paying_votes {int} NOT NULL DEFAULT 0,
  value_cents {int} NOT NULL DEFAULT 0,
  version {int} NOT NULL DEFAULT 1,
  created_at {us} NOT NULL,
  updated_at {us} NOT NULL,
  body {long} NOT NULL,
  reason {long} NOT NULL,
  answer {long} NOT NULL
) {table};
-- A list is a shelf, or one state of it, in one of four orders, paged by (that column, id).
CREATE INDEX IF NOT EXISTS ideas_new ON ideas (shelf, id);
CREATE INDEX IF NOT EXISTS ideas_votes ON ideas (shelf, votes, id);
CREATE INDEX IF NOT EXISTS ideas_paying ON ideas (shelf, paying_votes, id);
CREATE INDEX IF NOT EXISTS ideas_value ON ideas (shelf, value_cents, id);
CREATE INDEX IF NOT EXISTS ideas_state_new ON ideas (shelf, state, id);
CREATE INDEX IF NOT EXISTS ideas_state_votes ON ideas (shelf, state, votes, id);
CREATE INDEX IF NOT EXISTS ideas_state_paying ON ideas (shelf, state, paying_votes, id);
CREATE INDEX IF NOT EXISTS ideas_state_value ON ideas (shelf, state, value_cents, id);
CREATE INDEX IF NOT EXISTS ideas_merged ON ideas (merged_into);

-- People who vote, one row a person: voter_key is her address with what multiplies addresses taken out (domain/voter.hpp).
-- confirmed_at: she has followed a link mailed to the address. plan, pays and value_cents: of the customer with that
-- address, as last looked up. mails 0: she wants no mail about any idea.
CREATE TABLE IF NOT EXISTS idea_voters (
  id {key},
  voter_key {text 254} NOT NULL UNIQUE,
  address {text 254} NOT NULL,
  locale {text 20} NOT NULL,
  plan {text 100} NOT NULL,
  pays {int} NOT NULL DEFAULT 0,
  value_cents {int} NOT NULL DEFAULT 0,
  mails {int} NOT NULL DEFAULT 1,
  confirmed_at {us},
  created_at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS idea_voters_address ON idea_voters (address);
CREATE INDEX IF NOT EXISTS idea_voters_confirmed ON idea_voters (confirmed_at, created_at);

-- One vote a person and idea. tells: she is mailed when the idea moves. own 0: agent_id (null: a program) voted for her, as she
-- asked in ticket_id. via: the idea with whose merge the vote came; its own row stays there.
CREATE TABLE IF NOT EXISTS idea_votes (
  idea_id {int} NOT NULL,
  voter_id {int} NOT NULL,
  at {us} NOT NULL,
  tells {int} NOT NULL,
  own {int} NOT NULL,
  agent_id {int},
  ticket_id {int},
  via {int},
  PRIMARY KEY (idea_id, voter_id)
) {table};
CREATE INDEX IF NOT EXISTS idea_votes_voter ON idea_votes (voter_id, at, idea_id);
CREATE INDEX IF NOT EXISTS idea_votes_ticket ON idea_votes (ticket_id);

-- Votes of each plan, summed like those of ideas. Of shown and merged ideas alike.
CREATE TABLE IF NOT EXISTS idea_plans (
  plan {text 100} NOT NULL,
  idea_id {int} NOT NULL,
  votes {int} NOT NULL,
  value_cents {int} NOT NULL,
  PRIMARY KEY (plan, idea_id)
) {table};
CREATE INDEX IF NOT EXISTS idea_plans_idea ON idea_plans (idea_id);
CREATE INDEX IF NOT EXISTS idea_plans_votes ON idea_plans (plan, votes, idea_id);
CREATE INDEX IF NOT EXISTS idea_plans_value ON idea_plans (plan, value_cents, idea_id);

-- What waits for its address to be confirmed: a vote (idea_id), or a new idea.
CREATE TABLE IF NOT EXISTS idea_wishes (
  id {key},
  voter_id {int} NOT NULL,
  idea_id {int},
  title {text 200} NOT NULL,
  body {long} NOT NULL,
  at {us} NOT NULL,
  UNIQUE (voter_id, idea_id)
) {table};
CREATE INDEX IF NOT EXISTS idea_wishes_voter ON idea_wishes (voter_id, id);
CREATE INDEX IF NOT EXISTS idea_wishes_at ON idea_wishes (at);

-- Each change of state or official answer, and how far its voters have been told: those up to after_voter. tells 0: nobody is.
-- site: where the mails' links lead.
CREATE TABLE IF NOT EXISTS idea_changes (
  id {key},
  idea_id {int} NOT NULL,
  at {us} NOT NULL,
  agent_id {int},
  was {text 10} NOT NULL,
  state {text 10} NOT NULL,
  tells {int} NOT NULL,
  not_before {us} NOT NULL,
  site {text 300} NOT NULL,
  after_voter {int} NOT NULL DEFAULT 0,
  told {int} NOT NULL DEFAULT 0,
  finished_at {us},
  was_reason {long} NOT NULL,
  reason {long} NOT NULL,
  was_answer {long} NOT NULL,
  answer {long} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS idea_changes_idea ON idea_changes (idea_id, id);
CREATE INDEX IF NOT EXISTS idea_changes_due ON idea_changes (finished_at, not_before);

-- Tickets in which somebody asked for it.
CREATE TABLE IF NOT EXISTS idea_tickets (
  idea_id {int} NOT NULL,
  ticket_id {int} NOT NULL,
  agent_id {int},
  at {us} NOT NULL,
  PRIMARY KEY (idea_id, ticket_id)
) {table};
CREATE INDEX IF NOT EXISTS idea_tickets_ticket ON idea_tickets (ticket_id);
