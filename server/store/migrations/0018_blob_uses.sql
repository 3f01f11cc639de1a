-- Whether bytes are still used, as a logo or a picture (attachments has its index): asked before they go.
CREATE INDEX IF NOT EXISTS brands_logo_sha256 ON brands (logo_sha256);
CREATE INDEX IF NOT EXISTS article_pictures_sha256 ON article_pictures (sha256);
