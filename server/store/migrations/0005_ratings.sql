-- One rating a message, the last that was given; each press stays in `events` with its own score and words.
UPDATE events SET data = JSON_SET(data,
    '$.score', (SELECT r.score FROM ratings r WHERE r.id = JSON_EXTRACT(events.data, '$.rating')),
    '$.comment', (SELECT r.comment FROM ratings r WHERE r.id = JSON_EXTRACT(events.data, '$.rating')))
  WHERE kind = 'rated' AND JSON_EXTRACT(data, '$.score') IS NULL AND ticket_id IN (SELECT ticket_id FROM ratings);
-- Given to a ticket as a whole: it is its latest answer's at that time.
UPDATE ratings SET message_id = (SELECT m.id FROM messages m
    WHERE m.ticket_id = (SELECT COALESCE(t.merged_into, t.id) FROM tickets t WHERE t.id = ratings.ticket_id)
      AND m.kind = 'reply' AND m.author_kind = 'agent' AND m.undone_at IS NULL AND m.at <= ratings.at
      AND NOT EXISTS (SELECT 1 FROM events e WHERE e.ticket_id = m.ticket_id AND e.kind = 'bounced'
                      AND e.message_id = m.id AND e.at <= ratings.at)
    ORDER BY m.at DESC, m.id DESC LIMIT 1)
  WHERE message_id IS NULL;
DELETE FROM ratings WHERE id IN (SELECT id FROM
  (SELECT id, ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY at DESC, id DESC) AS place
   FROM ratings WHERE message_id IS NOT NULL) AS ranked WHERE place > 1);
CREATE UNIQUE INDEX IF NOT EXISTS ratings_of_message ON ratings (message_id);
CREATE INDEX IF NOT EXISTS ratings_at ON ratings (at, id);

-- Whose answer was rated, for her own list.
CREATE TABLE IF NOT EXISTS rating_agents (
  rating_id {int} PRIMARY KEY,
  agent_id {int} NOT NULL,
  at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS rating_agents_agent ON rating_agents (agent_id, at, rating_id);
INSERT INTO rating_agents (rating_id, agent_id, at)
  SELECT r.id, m.author_id, r.at FROM ratings r JOIN messages m ON m.id = r.message_id
  WHERE m.author_kind = 'agent' AND NOT EXISTS (SELECT 1 FROM rating_agents a WHERE a.rating_id = r.id);

-- Mailboxes whose answers ask for no rating.
CREATE TABLE IF NOT EXISTS unrated_mailboxes (
  mailbox_id {int} PRIMARY KEY
) {table};
