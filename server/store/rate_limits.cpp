#include "server/store/rate_limits.hpp"

#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

// A window is counted in 15 slots; the oldest slot counts whole, so that no span of the window's length has more tries.
constexpr int slots = 15;

Microseconds slot_of(const RateLimit& limit) {
  return Microseconds(limit.window) / slots;
}

Instant slot_start(const RateLimit& limit, Instant now) {
  const auto slot = slot_of(limit);
  return now - now.time_since_epoch() % slot;
}

}  // namespace

bool count_try(Session& sql, const std::string& name, const RateLimit& limit, Instant now) {
  const Instant start = slot_start(limit, now);
  sql.insert_new("rate_limits (name, window_start, tries) VALUES (:name, :start, 0)",
                 {{"name", name}, {"start", start}});
  sql.run("UPDATE rate_limits SET tries = tries + 1 WHERE name = :name AND window_start = :start",
          {{"name", name}, {"start", start}});
  // Primary key (name, window_start): at most 16 rows. Also those that another node writes just now, whose clock shows
  // the slot before or behind.
  std::int64_t counted = 0;
  for (const auto& [tries] : sql.all<std::int64_t>("SELECT tries FROM rate_limits WHERE name = :name AND window_start "
                                                   "> :since ORDER BY window_start DESC LIMIT 16" +
                                                       as_it_is(sql.backend()),
                                                   {{"name", name}, {"since", start - slot_of(limit) * (slots + 1)}}))
    counted += tries;
  return counted <= limit.tries;
}

void forgive_try(Session& sql, const std::string& name, const RateLimit& limit, Instant now) {
  sql.run("UPDATE rate_limits SET tries = tries - 1 WHERE name = :name AND window_start = :start AND tries > 0",
          {{"name", name}, {"start", slot_start(limit, now)}});
}

void forgive_all(Session& sql, const std::string& name) {
  sql.run("DELETE FROM rate_limits WHERE name = :name", {{"name", name}});
}

std::int64_t drop_old_tries(Session& sql, Instant before) {
  return sql.run("DELETE FROM rate_limits WHERE window_start < :before", {{"before", before}});
}

}  // namespace fifteen::store
