#pragma once
#include <algorithm>
#include <string>

#include "server/store/erasing.hpp"

// How the files of erasing.hpp go through a table.
namespace fifteen::store::erasing {

// What lies behind `after`, at most so many keys.
struct Stretch {
  std::int64_t after = 0, to = 0;
  bool is_last = true;

  Walked walked() const { return {to, is_last}; }
};

inline Stretch stretch_of(Session& sql, const std::string& table, std::int64_t after, std::int64_t keys,
                          const std::string& key = "id") {
  const auto newest = sql.one<std::int64_t>("SELECT COALESCE(MAX(" + key + "), 0) FROM " + table);
  const std::int64_t last = std::get<0>(*newest);
  return {after, std::min(after + keys, std::max(last, after)), after + keys >= last};
}

// Whether `value` is a trace of hers; whether `text` has one within it.
inline std::string is_trace(const std::string& kind, const std::string& value) {
  return "EXISTS (SELECT 1 FROM erasure_traces z WHERE z.customer_id = :customer AND z.kind = '" + kind +
         "' AND z.value = " + value + ")";
}
inline std::string has_trace(const std::string& kind, const std::string& text) {
  return "EXISTS (SELECT 1 FROM erasure_traces z WHERE z.customer_id = :customer AND z.kind = '" + kind +
         "' AND INSTR(LOWER(" + text + "), z.value) > 0)";
}
inline std::string is_her_ticket(const std::string& ticket) {
  return "EXISTS (SELECT 1 FROM tickets t WHERE t.id = " + ticket + " AND t.customer_id = :customer)";
}
// What was there when she was erased: whoever writes from her address later is somebody else.
inline std::string was_there(const std::string& at) {
  return at + " <= (SELECT asked.asked_at FROM erasures asked WHERE asked.customer_id = :customer)";
}
// Somebody else's in which she wrote.
inline std::string has_her_words(const std::string& ticket) {
  return "EXISTS (SELECT 1 FROM messages h WHERE h.ticket_id = " + ticket +
         " AND h.author_kind = 'customer' AND h.author_id = :customer)";
}

}  // namespace fifteen::store::erasing
