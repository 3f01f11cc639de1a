#pragma once
#include <string>
#include <string_view>

#include "server/desk/portal/public_ticket.hpp"
#include "server/http/route.hpp"

namespace fifteen::http::routes {

// What was typed into the page's form and is wrong with it.
struct TypedReply {
  std::string text;
  std::string error;  // the key of a text
};
// Whether somebody of the team follows a link that was given to another address: she sees the page, and does nothing in
// the customer's name.
bool is_the_teams(const Call& call, std::string_view address);
// A question as its customer sees it.
std::string question_html(store::Session& sql, const Call& call, const desk::PublicTicket& ticket,
                          const TypedReply& typed);

}  // namespace fifteen::http::routes
