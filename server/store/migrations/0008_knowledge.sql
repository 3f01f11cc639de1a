-- The knowledge base: versions, translations, categories, pictures, old addresses.

-- What an article is besides what readers see of it (articles holds that: the shown title and body). version: of the newest text,
-- shown_version: of the one in articles; shown_at: since when. group_id: the article that this one is a translation of, its own id
-- where it is none; source_version: the shown version of that one that this was last held against. state_before: of a deleted one.
CREATE TABLE IF NOT EXISTS article_details (
  article_id {int} PRIMARY KEY,
  group_id {int} NOT NULL,
  version {int} NOT NULL,
  shown_version {int} NOT NULL,
  shown_at {us} NOT NULL,
  source_version {int} NOT NULL DEFAULT 0,
  is_pending {int} NOT NULL DEFAULT 0,
  is_outdated {int} NOT NULL DEFAULT 0,
  state_before {text 12} NOT NULL DEFAULT ''
) {table};
CREATE INDEX IF NOT EXISTS article_details_group ON article_details (group_id, article_id);
CREATE INDEX IF NOT EXISTS article_details_pending ON article_details (is_pending, article_id);
CREATE INDEX IF NOT EXISTS article_details_outdated ON article_details (is_outdated, article_id);
INSERT INTO article_details (article_id, group_id, version, shown_version, shown_at)
  SELECT a.id, a.id, 1, 1, a.updated_at FROM articles a
  WHERE NOT EXISTS (SELECT 1 FROM article_details d WHERE d.article_id = a.id);

-- Every text that was saved. agent_id: none where a program did. note: why, in the author's words.
CREATE TABLE IF NOT EXISTS article_versions (
  article_id {int} NOT NULL,
  version {int} NOT NULL,
  at {us} NOT NULL,
  agent_id {int},
  title {text 500} NOT NULL,
  body {long} NOT NULL,
  note {text 500} NOT NULL,
  PRIMARY KEY (article_id, version)
) {table};
INSERT INTO article_versions (article_id, version, at, title, body, note)
  SELECT a.id, 1, a.updated_at, a.title, a.body, '' FROM articles a
  WHERE NOT EXISTS (SELECT 1 FROM article_versions v WHERE v.article_id = a.id);

-- What somebody is writing and has not saved. version: of the text she began with.
CREATE TABLE IF NOT EXISTS article_drafts (
  article_id {int} NOT NULL,
  agent_id {int} NOT NULL,
  version {int} NOT NULL,
  title {text 500} NOT NULL,
  body {long} NOT NULL,
  saved_at {us} NOT NULL,
  PRIMARY KEY (article_id, agent_id)
) {table};

-- slug is what articles.category names; "guides/install" stands below "guides". names: JSON by language, {"en":"Installing"}; empty: none.
CREATE TABLE IF NOT EXISTS article_categories (
  id {key},
  slug {text 200} NOT NULL UNIQUE,
  position {int} NOT NULL,
  names {long} NOT NULL
) {table};
INSERT INTO article_categories (slug, position, names)
  SELECT DISTINCT a.category, 0, '' FROM articles a
  WHERE a.category <> '' AND NOT EXISTS (SELECT 1 FROM article_categories c WHERE c.slug = a.category);

-- Old addresses keep leading to their article.
CREATE TABLE IF NOT EXISTS article_redirects (
  slug {text 200} PRIMARY KEY,
  article_id {int} NOT NULL,
  at {us} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS article_redirects_article ON article_redirects (article_id);

-- Pictures by the name in their address, which is the beginning of their SHA-256; their bytes are in blobs. And which article shows
-- them to readers: only a published one lets strangers see them.
CREATE TABLE IF NOT EXISTS article_pictures (
  name {text 32} PRIMARY KEY,
  sha256 {text 64} NOT NULL,
  content_type {text 20} NOT NULL,
  width {int} NOT NULL,
  height {int} NOT NULL,
  size {int} NOT NULL,
  agent_id {int},
  added_at {us} NOT NULL
) {table};
CREATE TABLE IF NOT EXISTS article_picture_uses (
  picture {text 32} NOT NULL,
  article_id {int} NOT NULL,
  PRIMARY KEY (picture, article_id)
) {table};
CREATE INDEX IF NOT EXISTS article_picture_uses_article ON article_picture_uses (article_id);

-- The lists of the articles' page: the newest change first, all or those of a state, category or language.
CREATE INDEX IF NOT EXISTS articles_updated ON articles (updated_at, id);
CREATE INDEX IF NOT EXISTS articles_state_updated ON articles (state, updated_at, id);
CREATE INDEX IF NOT EXISTS articles_category_updated ON articles (category, updated_at, id);
CREATE INDEX IF NOT EXISTS articles_locale_updated ON articles (locale, updated_at, id);
