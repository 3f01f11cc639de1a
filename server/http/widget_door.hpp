#pragma once
#include <expected>
#include <string_view>

#include "server/http/fields.hpp"
#include "server/http/route.hpp"
#include "server/store/widget_keys.hpp"

// The widget's requests come from pages of any site (Route::any_page), as text/plain, so that no browser asks for leave
// first (no CORS preflight). Browsers say in Origin which site it is: the key says whether it may.
namespace fifteen::http {

inline constexpr std::string_view plain_text = "text/plain";

// The widget's key, or the refusal: no key, an unknown one, or one that is not for the page that asks. Our own pages
// may use any; who sends no Origin is no browser's page, and held back by rate limits alone.
std::expected<store::WidgetKey, Reply> widget_key_of(store::Session& sql, const Call& call, std::string_view key);
// The same for the key of the address, "?key=pk_…", and for that of a body; what is wrong with a body as it was read
// until now comes first.
std::expected<store::WidgetKey, Reply> widget_key_of(store::Session& sql, const Call& call);
std::expected<store::WidgetKey, Reply> widget_key_of(store::Session& sql, const Call& call, Fields& fields);

}  // namespace fifteen::http
