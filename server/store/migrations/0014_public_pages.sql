-- What the help centre's first page counts: the published articles of each category, by language.
CREATE INDEX IF NOT EXISTS articles_shelves ON articles (state, category, locale);

-- By whose pages a voter came last: mails to her come from there. None: the desk's own.
CREATE TABLE IF NOT EXISTS idea_voter_brands (
  voter_id {int} PRIMARY KEY,
  brand_id {int} NOT NULL
) {table};
