#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

// The packed waits of a UTC day, counted from 1970. Derived: made of waits, and of changed_waits.hpp since.
namespace fifteen::store {

struct WaitDay {
  std::int64_t revision = 0;       // 0: not kept yet
  std::string promises;            // the version that it was measured by
  std::vector<std::string> parts;  // of bytes
};
WaitDay wait_day(Session& sql, std::int64_t day);
// Throws DatabaseError(retry) when somebody else wrote the day since it was read.
void save_wait_day(Session& sql, std::int64_t day, const WaitDay& written);
// Those kept, ascending; first <= day <= last.
std::vector<std::int64_t> wait_days(Session& sql, std::int64_t first, std::int64_t last);
// The first one kept at or after `first`; and one that was measured by other promises.
std::optional<std::int64_t> next_wait_day(Session& sql, std::int64_t first);
std::optional<std::int64_t> outdated_wait_day(Session& sql, std::string_view promises, std::int64_t first);

// Every day that has waits is kept: set once all were packed. What a backup from before had is not.
bool has_all_wait_days(Session& sql);
void set_all_wait_days(Session& sql);

// The first start of a wait at or after an instant.
std::optional<Instant> next_wait_start(Session& sql, Instant from);

}  // namespace fifteen::store
