#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/session.hpp"

// Which customers are erased, and how far that has come; erasing.hpp takes the records themselves.
namespace fifteen::store {

struct Erasure {
  CustomerId customer;
  AgentId by;
  Instant asked_at{};
  std::string step;
  std::int64_t after = 0;  // by the key of what the step goes through
  std::optional<Instant> finished_at;
};

// From this row on nobody comes upon her tickets any more (find_ticket, lists).
void add_erasure(Session& sql, const Erasure& erasure);
std::optional<Erasure> find_erasure(Session& sql, CustomerId customer);
// The first that is not finished.
std::optional<Erasure> next_erasure(Session& sql);
std::optional<Instant> last_erasure_finished(Session& sql);
// Both throw DatabaseError(retry) when somebody else has gone on meanwhile.
void go_on_erasing(Session& sql, const Erasure& from, std::string_view step, std::int64_t after);
void finish_erasure(Session& sql, const Erasure& from, Instant now);

// What is looked for.
enum class Trace { address, name, outside_id, draft, blob };
void add_trace(Session& sql, CustomerId customer, Trace kind, std::string_view value);
void drop_trace(Session& sql, CustomerId customer, Trace kind, std::string_view value);
std::vector<std::string> traces_of(Session& sql, CustomerId customer, Trace kind, int limit);

}  // namespace fifteen::store
