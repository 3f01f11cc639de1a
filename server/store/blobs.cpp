#include "server/store/blobs.hpp"

#include <algorithm>

#include "server/base/random.hpp"
#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

constexpr std::size_t chunk_bytes = 1u << 20;

// Begins with a header field's name (RFC 5322, section 2.2).
bool looks_like_mail(std::string_view bytes) {
  const auto name = bytes.substr(0, bytes.find(':'));
  const auto is_of_name = [](unsigned char c) { return c > ' ' && c < 127; };
  return bytes.starts_with("From ") || (!name.empty() && name != bytes && std::ranges::all_of(name, is_of_name));
}

// Which raw mails are in use no index tells, for every mail would pay for it: what may be one stays.
bool may_be_raw_mail(Session& sql, const std::string& sha256) {
  const auto begin = sql.one<std::string>("SELECT SUBSTR(bytes, 1, 80) FROM blobs WHERE sha256 = :sha256 AND chunk = 0",
                                          {{"sha256", sha256}});
  return begin && looks_like_mail(std::get<0>(*begin));
}

}  // namespace

bool is_blob_used(Session& sql, const std::string& sha256, const std::string& how) {
  // Each has an index of its own: attachments_sha256 and so on.
  for (const char* uses : {"attachments WHERE sha256", "article_pictures WHERE sha256", "brands WHERE logo_sha256"})
    if (sql.one<int>("SELECT 1 FROM " + std::string(uses) + " = :sha256 LIMIT 1" + how, {{"sha256", sha256}}))
      return true;
  return false;
}

std::string add_blob(Session& sql, std::string_view bytes) {
  std::string sha256 = sha256_hex(bytes);
  if (bytes.size() <= chunk_bytes) {
    sql.add_row_if_new("blobs", {{"sha256", sha256}, {"chunk", 0}, {"bytes", bytes}});
    return sha256;
  }
  std::int64_t chunk = 0;
  // The chunk numbered 0 comes first and settles, by its key, who writes the others.
  do {
    const bool is_new = sql.insert_new("blobs (sha256, chunk, bytes) VALUES (:sha256, :chunk, :bytes)",
                                       {{"sha256", sha256}, {"chunk", chunk}, {"bytes", bytes.substr(0, chunk_bytes)}});
    if (!is_new) return sha256;
    bytes.remove_prefix(std::min(chunk_bytes, bytes.size()));
    ++chunk;
  } while (!bytes.empty());
  return sha256;
}

std::optional<std::string> read_blob(Session& sql, std::string_view sha256) {
  auto chunks =
      sql.all<std::string>("SELECT bytes FROM blobs WHERE sha256 = :sha256 ORDER BY chunk", {{"sha256", sha256}});
  if (chunks.empty()) return {};
  std::string bytes;
  for (auto& [chunk] : chunks) bytes += chunk;
  return bytes;
}

void drop_blob_if_unused(Session& sql, const std::string& sha256) {
  if (is_blob_used(sql, sha256, "") || may_be_raw_mail(sql, sha256)) return;
  sql.run("DELETE FROM blobs WHERE sha256 = :sha256", {{"sha256", sha256}});
  // Who brought the same bytes a moment ago found them here, and holds their row until he commits: the line above has
  // waited for that.
  if (is_blob_used(sql, sha256, as_it_is(sql.backend())))
    throw DatabaseError(DatabaseError::Kind::retry, "the same bytes came again");
}

}  // namespace fifteen::store
