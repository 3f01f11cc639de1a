#pragma once
#include <string>

#include "server/http/route.hpp"

// Pages that ask for an address and mail links to it.
namespace fifteen::http::routes {

struct TypedAddress {
  std::string email;
  std::string error;  // the key of a text
  std::string begun;  // form_trap.hpp; empty: now
};
// "This link is older than 90 days. We can send you a fresh one." `page`: the dead link's, without the language.
std::string fresh_link_page(const Call& call, const std::string& page, const TypedAddress& typed);
std::string my_questions_form(const Call& call, const TypedAddress& typed);

}  // namespace fifteen::http::routes
