#include "server/store/import_ids.hpp"

#include <algorithm>

namespace fifteen::store {

std::int64_t find_imported(Session& sql, std::string_view source, std::string_view kind, std::string_view external_id) {
  const auto row = sql.one<std::int64_t>(
      "SELECT id FROM import_ids WHERE source = :source AND kind = :kind AND external_id = :external",
      {{"source", source}, {"kind", kind}, {"external", external_id}});
  return row ? std::get<0>(*row) : 0;
}

std::unordered_map<std::string, std::int64_t> find_imported(Session& sql, std::string_view source,
                                                            std::string_view kind,
                                                            const std::vector<std::string>& external_ids) {
  std::unordered_map<std::string, std::int64_t> found;
  for (auto& [external_id, id] : sql.all_of<std::string, std::int64_t>(
           "SELECT external_id, id FROM import_ids WHERE source = :source AND kind = :kind AND external_id IN {values}",
           external_ids, {{"source", source}, {"kind", kind}}))
    found.emplace(std::move(external_id), id);
  return found;
}

void add_imported(Session& sql, std::string_view source, std::string_view kind, std::string_view external_id,
                  std::int64_t id) {
  sql.add_row("import_ids", {{"source", source}, {"kind", kind}, {"external_id", external_id}, {"id", id}});
}

bool is_imported(Session& sql, std::string_view kind, std::int64_t id) {
  // Index import_ids_id.
  return sql
      .one<std::int64_t>("SELECT id FROM import_ids WHERE kind = :kind AND id = :id LIMIT 1",
                         {{"kind", kind}, {"id", id}})
      .has_value();
}

OutsideIds::OutsideIds(Session& sql) : sql_(sql) {
  for (auto& [source] : sql.all<std::string>("SELECT DISTINCT source FROM import_ids ORDER BY source LIMIT 1000"))
    sources_.push_back(std::move(source));
}

std::string OutsideIds::of(std::string_view kind, std::int64_t id) {
  // Index import_ids_id. A record that several ids name goes by the first of them.
  const auto row = sql_.one<std::string, std::string>(
      "SELECT source, external_id FROM import_ids WHERE kind = :kind AND id = :id ORDER BY source, external_id LIMIT 1",
      {{"kind", kind}, {"id", id}});
  if (!row) {
    const std::string own = std::to_string(id);
    return is_taken(kind, own, sources_.size()) ? "fifteen:" + own : own;
  }
  const auto& [source, external_id] = *row;
  const auto before = static_cast<std::size_t>(std::ranges::find(sources_, source) - sources_.begin());
  return is_taken(kind, external_id, before) ? source + ":" + external_id : external_id;
}

bool OutsideIds::is_taken(std::string_view kind, std::string_view name, std::size_t sources) {
  return std::any_of(sources_.begin(), sources_.begin() + static_cast<std::ptrdiff_t>(sources),
                     [&](const std::string& source) { return find_imported(sql_, source, kind, name) != 0; });
}

}  // namespace fifteen::store
