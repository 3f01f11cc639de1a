-- What the help centre's first page counts: the published articles of each category, by language.
CREATE INDEX IF NOT EXISTS articles_shelves ON articles (state, category, locale);
