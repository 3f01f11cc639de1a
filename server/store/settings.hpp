#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/store/session.hpp"

namespace fifteen::store {

std::optional<std::string> setting(Session& sql, std::string_view name);
void set_setting(Session& sql, std::string_view name, std::string_view value);
// Sets it unless it is set; returns what it is then.
std::string setting_or(Session& sql, std::string_view name, const std::string& fresh);

}  // namespace fifteen::store
