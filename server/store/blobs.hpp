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

}  // namespace fifteen::store
