#pragma once
#include <string>

#include "server/desk/public_ticket.hpp"
#include "server/http/route.hpp"

namespace fifteen::http::routes {

// What was typed into the page's form and is wrong with it.
struct TypedReply {
  std::string text;
  std::string error;  // the key of a text
};
// A question as its customer sees it.
std::string question_html(store::Session& sql, const Call& call, const desk::PublicTicket& ticket,
                          const TypedReply& typed);

}  // namespace fifteen::http::routes
