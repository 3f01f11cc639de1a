#pragma once
#include <string>
#include <vector>

#include "server/store/connection.hpp"

namespace fifteen::store {

// What the records say of one another, checked row by row; one sentence a finding, none when all is well. Slow: reads
// every row. At most ten findings of a kind are told.

// Every row that names another finds it.
std::vector<std::string> dangling_references(Session& sql);
// Every blob's bytes have the hash that is their name, with no chunk missing.
std::vector<std::string> altered_blobs(Connection& sql);

}  // namespace fifteen::store
