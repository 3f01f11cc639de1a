#pragma once
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "server/desk/tickets/overview.hpp"
#include "server/domain/time_zone.hpp"
#include "server/http/route.hpp"

// What pages and the API's lists have in common.
namespace fifteen::http::routes {

boost::json::object ticket_page_json(store::Session& sql, const desk::ListRequest& request);
boost::json::object counts_json(store::Session& sql, const Call& call, const TimeZone& zone);

// The list that an agents' page begins with, by its address.
desk::ListRequest first_page(const Call& call);

// A plain page that says what is wrong, in the visitor's language.
std::string error_page(const Call& call, std::string_view language, std::string_view title_key,
                       std::string_view text_key);

}  // namespace fifteen::http::routes
