-- What teaches suggestions: that an article answered a question, or did not (source: domain/words.hpp). asked_in names where, so that
-- each counts once: "message:7" of an agent's reply, "ticket:4221", "session:…" of somebody typing. The question is the ticket's first
-- words; text and locale are those of a question without a ticket. message_id: the reply; taken back, it teaches no longer.
CREATE TABLE IF NOT EXISTS lessons (
  id {key},
  source {text 12} NOT NULL,
  article_id {int} NOT NULL,
  asked_in {text 60} NOT NULL,
  ticket_id {int},
  message_id {int},
  locale {text 20} NOT NULL,
  given_at {us} NOT NULL,
  taken_back_at {us},
  taken_back_by {int},
  text {long} NOT NULL,
  UNIQUE (article_id, asked_in, source)
) {table};
CREATE INDEX IF NOT EXISTS lessons_article ON lessons (article_id, id);
CREATE INDEX IF NOT EXISTS lessons_ticket ON lessons (ticket_id);
