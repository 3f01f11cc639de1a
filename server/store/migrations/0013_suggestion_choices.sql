-- Mailboxes whose acknowledgements suggest no articles.
CREATE TABLE IF NOT EXISTS quiet_mailboxes (
  mailbox_id {int} PRIMARY KEY
) {table};

-- Likely answers that an agent took away from a ticket. kind: article, idea.
CREATE TABLE IF NOT EXISTS wrong_answers (
  ticket_id {int} NOT NULL,
  kind {text 10} NOT NULL,
  answer_id {int} NOT NULL,
  agent_id {int} NOT NULL,
  at {us} NOT NULL,
  PRIMARY KEY (ticket_id, kind, answer_id)
) {table};
