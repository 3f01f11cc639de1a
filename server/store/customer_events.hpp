#pragma once
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// What a customer did in the site's own product, under the site's own id of her.
struct CustomerEvent {
  std::string name;
  Instant at{};
  std::string data = "null";  // JSON
};
constexpr int most_customer_events = 200;  // of each; older ones go
void add_customer_events(Session& sql, std::string_view external_id, const std::vector<CustomerEvent>& events);
// The newest first.
std::vector<CustomerEvent> customer_events(Session& sql, std::string_view external_id, int limit);

}  // namespace fifteen::store
