#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/store/session.hpp"

namespace fifteen::store {

// Keeps bytes under their SHA-256, once, in chunks of at most 1 MiB; returns it.
std::string add_blob(Session& sql, std::string_view bytes);
// The whole of it; none when it isn't kept.
std::optional<std::string> read_blob(Session& sql, std::string_view sha256);
// Whether a file, a picture or a logo is made of these bytes; raw mails are not asked. `how`: as_it_is(), or empty for
// what the transaction sees.
bool is_blob_used(Session& sql, const std::string& sha256, const std::string& how);
// Deletes bytes that nothing names any more, and that are no mail's. Throws DatabaseError(retry), so that the job runs
// again, when somebody came to name them meanwhile.
void drop_blob_if_unused(Session& sql, const std::string& sha256);

}  // namespace fifteen::store
