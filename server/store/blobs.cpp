#include "server/store/blobs.hpp"

#include "server/base/random.hpp"

namespace fifteen::store {
namespace {

constexpr std::size_t chunk_bytes = 1u << 20;

}  // namespace

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

}  // namespace fifteen::store
