-- How the customers' pages look, by the host that they are asked from. Brand 1 is the desk's own, for every host that no
-- other brand has; it has no row before somebody changes it. accent: #1f4fd8, or empty: the program's own. back_url: the site
-- that the pages belong to. version: counts the changes, and stands in the style sheet's address.
CREATE TABLE IF NOT EXISTS brands (
  id {key},
  name {text 100} NOT NULL,
  host {text 260} UNIQUE,
  accent {text 7} NOT NULL,
  back_url {text 2000} NOT NULL,
  logo_sha256 {text 64},
  version {int} NOT NULL DEFAULT 1
) {table};

-- Whose mailboxes these are; the others are brand 1's.
CREATE TABLE IF NOT EXISTS mailbox_brands (
  mailbox_id {int} PRIMARY KEY,
  brand_id {int} NOT NULL
) {table};
