#include "server/store/wait_days.hpp"

#include <algorithm>

#include "server/store/dialect.hpp"
#include "server/store/settings.hpp"

namespace fifteen::store {
namespace {

constexpr std::string_view all_days = "all_wait_days";

void add_part(Session& sql, std::int64_t day, std::size_t part, const WaitDay& written) {
  sql.run("INSERT INTO wait_days (day, part, revision, promises, bytes) VALUES (:day, :part, 1, :promises, :bytes)",
          {{"day", day}, {"part", part}, {"promises", written.promises}, {"bytes", written.parts[part]}});
}

}  // namespace

WaitDay wait_day(Session& sql, std::int64_t day) {
  WaitDay found;
  for (auto& [part, revision, promises, bytes] : sql.all<std::int64_t, std::int64_t, std::string, std::string>(
           "SELECT part, revision, promises, bytes FROM wait_days WHERE day = :day ORDER BY part", {{"day", day}})) {
    if (part == 0) {
      found.revision = revision;
      found.promises = std::move(promises);
    }
    found.parts.push_back(std::move(bytes));
  }
  return found;
}

void save_wait_day(Session& sql, std::int64_t day, const WaitDay& written) {
  // The first part guards the others.
  try {
    if (written.revision == 0) add_part(sql, day, 0, written);
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseError::Kind::duplicate) throw;
    throw DatabaseError(DatabaseError::Kind::retry, "the day was just packed");
  }
  if (written.revision > 0 &&
      sql.run("UPDATE wait_days SET revision = revision + 1, promises = :promises, bytes = :bytes "
              "WHERE day = :day AND part = 0 AND revision = :revision",
              {{"promises", written.promises},
               {"bytes", written.parts[0]},
               {"day", day},
               {"revision", written.revision}}) != 1)
    throw DatabaseError(DatabaseError::Kind::retry, "the day was packed since it was read");
  if (written.revision > 0) sql.run("DELETE FROM wait_days WHERE day = :day AND part > 0", {{"day", day}});
  for (std::size_t part = 1; part < written.parts.size(); ++part) add_part(sql, day, part, written);
}

std::vector<std::int64_t> wait_days(Session& sql, std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> days;
  for (const auto& [day] :
       sql.all<std::int64_t>("SELECT DISTINCT day FROM wait_days WHERE day >= :first AND day <= :last ORDER BY day",
                             {{"first", first}, {"last", last}}))
    days.push_back(day);
  return days;
}

std::optional<std::int64_t> next_wait_day(Session& sql, std::int64_t first) {
  const auto day =
      sql.one<std::int64_t>("SELECT day FROM wait_days WHERE day >= :first ORDER BY day LIMIT 1", {{"first", first}});
  if (!day) return {};
  return std::get<0>(*day);
}

std::optional<std::int64_t> outdated_wait_day(Session& sql, std::string_view promises, std::int64_t first) {
  const auto day = sql.one<std::int64_t>(
      "SELECT day FROM wait_days WHERE day >= :first AND part = 0 AND promises <> :promises ORDER BY day LIMIT 1",
      {{"first", first}, {"promises", promises}});
  if (!day) return {};
  return std::get<0>(*day);
}

bool has_all_wait_days(Session& sql) {
  return setting(sql, all_days).has_value();
}

void set_all_wait_days(Session& sql) {
  set_setting(sql, all_days, "1");
}

std::optional<Instant> next_wait_start(Session& sql, Instant from) {
  std::optional<Instant> next;
  for (const bool is_first : {true, false}) {
    const auto found = sql.one<Instant>("SELECT started_at FROM waits" + by_index("waits_started", sql.backend()) +
                                            " WHERE is_first = :first AND started_at >= :from ORDER BY started_at "
                                            "LIMIT 1",
                                        {{"first", is_first}, {"from", from}});
    if (found && (!next || std::get<0>(*found) < *next)) next = std::get<0>(*found);
  }
  return next;
}

}  // namespace fifteen::store
