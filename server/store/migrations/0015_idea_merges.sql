-- Votes on their way: an idea was merged into another, or (gives_back) parted from it, and the voters up to after_voter have been
-- seen to. One row goes after another, by id; no row: all votes stand where they belong.
CREATE TABLE IF NOT EXISTS idea_merges (
  id {key},
  from_id {int} NOT NULL,
  into_id {int} NOT NULL,
  gives_back {int} NOT NULL,
  after_voter {int} NOT NULL DEFAULT 0
) {table};
