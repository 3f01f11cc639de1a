#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/desk/deflection/deflection_report.hpp"

namespace fifteen::desk {

enum class DeflectionBy { channel, article, query };
std::optional<DeflectionBy> parse_deflection_by(std::string_view word);

// The totals, with "groups" by one of these.
std::string deflection_json(store::Session& sql, const DeflectionWish& wish, std::optional<DeflectionBy> by);
// All that the managers' page shows.
std::string deflection_page_json(store::Session& sql, const DeflectionWish& wish);

}  // namespace fifteen::desk
