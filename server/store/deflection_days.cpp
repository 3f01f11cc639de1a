#include "server/store/deflection_days.hpp"

namespace fifteen::store {
namespace {

// A statement must stay below max_allowed_packet, 16 MiB.
constexpr std::size_t longest_part = 4u << 20;

}  // namespace

void note_changed_drafts(Session& sql, std::int64_t day) {
  sql.add_row("deflection_changes", {{"day", day}});
}

std::vector<ChangedDay> changed_draft_days(Session& sql) {
  std::vector<ChangedDay> notes;
  for (const auto& [note, day] :
       sql.all<std::int64_t, std::int64_t>("SELECT id, day FROM deflection_changes ORDER BY id"))
    notes.push_back({note, day});
  return notes;
}

void forget_changed_drafts(Session& sql, std::int64_t note) {
  if (sql.run("DELETE FROM deflection_changes WHERE id = :id", {{"id", note}}) != 1)
    throw DatabaseError(DatabaseError::Kind::retry, "another node packed the day");
}

std::vector<DraftDay> draft_days(Session& sql, std::int64_t first, std::int64_t last) {
  std::vector<DraftDay> days;
  for (auto& [day, bytes] : sql.all<std::int64_t, std::string>(
           "SELECT day, bytes FROM deflection_days WHERE day >= :first AND day <= :last ORDER BY day, part",
           {{"first", first}, {"last", last}}))
    if (!days.empty() && days.back().day == day)
      days.back().bytes += bytes;
    else
      days.push_back({day, std::move(bytes)});
  return days;
}

void save_draft_day(Session& sql, const DraftDay& packed) {
  sql.run("DELETE FROM deflection_days WHERE day = :day", {{"day", packed.day}});
  for (std::size_t part = 0; part == 0 || part * longest_part < packed.bytes.size(); ++part)
    if (!sql.insert_new(
            "deflection_days (day, part, bytes) VALUES (:day, :part, :bytes)",
            {{"day", packed.day}, {"part", part}, {"bytes", packed.bytes.substr(part * longest_part, longest_part)}}))
      throw DatabaseError(DatabaseError::Kind::retry, "another node packed the day");
}

std::optional<std::int64_t> last_draft_day(Session& sql) {
  const auto day = sql.one<std::int64_t>("SELECT day FROM deflection_days ORDER BY day DESC LIMIT 1");
  if (!day) return {};
  return std::get<0>(*day);
}

}  // namespace fifteen::store
