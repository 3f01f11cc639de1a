-- Which articles name a picture in any text that they had, or that somebody is writing: it is kept as long as one does.
CREATE TABLE IF NOT EXISTS article_picture_mentions (
  picture {text 32} NOT NULL,
  article_id {int} NOT NULL,
  PRIMARY KEY (picture, article_id)
) {table};
CREATE INDEX IF NOT EXISTS article_picture_mentions_article ON article_picture_mentions (article_id);
INSERT INTO article_picture_mentions (picture, article_id)
  SELECT DISTINCT p.name, v.article_id FROM article_pictures p JOIN article_versions v ON INSTR(v.body, p.name) > 0
  WHERE NOT EXISTS (SELECT 1 FROM article_picture_mentions m WHERE m.picture = p.name AND m.article_id = v.article_id);
INSERT INTO article_picture_mentions (picture, article_id)
  SELECT DISTINCT p.name, d.article_id FROM article_pictures p JOIN article_drafts d ON INSTR(d.body, p.name) > 0
  WHERE NOT EXISTS (SELECT 1 FROM article_picture_mentions m WHERE m.picture = p.name AND m.article_id = d.article_id);
-- Whether bytes are also a file of a message.
CREATE INDEX IF NOT EXISTS attachments_sha256 ON attachments (sha256);
