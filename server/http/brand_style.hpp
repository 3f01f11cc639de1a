#pragma once
#include <optional>
#include <string>

#include "server/desk/portal/brands.hpp"

namespace fifteen::http {

// A style sheet behind the pages' own: the brand's accent in light and dark, and its logo, inside it so that both are
// one request. Empty for a brand that has neither.
std::string brand_style(const desk::Brand& brand, const std::optional<desk::Logo>& logo);
// Its address, which changes with it; empty: it has none.
std::string brand_style_path(const desk::Brand& brand);

}  // namespace fifteen::http
