#pragma once
#include <string>
#include <string_view>

#include "server/base/clock.hpp"
#include "server/desk/portal/brands.hpp"

// Links by which a customer comes back to her questions, mailed to whoever asks for them on our pages. Each mail goes
// to an address that the question itself is bound to, if form_mail.hpp lets it; in any other case nothing happens, and
// who asks is told the same.
namespace fifteen::desk {

struct LinkWish {
  std::string address;   // as it was typed
  std::string language;  // of the page
  std::string site;      // where links lead, of a desk with one brand; empty: nothing can be mailed
};

// In place of a link to a ticket, or to rate an answer, that is too old.
void mail_fresh_ticket_link(store::Session& sql, std::string_view old_token, const LinkWish& wish, Instant now);
void mail_fresh_rating_link(store::Session& sql, std::string_view old_token, const LinkWish& wish, Instant now);
// To the newest 20 of her questions to the brand's mailboxes.
void mail_questions(store::Session& sql, const Brand& brand, const LinkWish& wish, Instant now);

}  // namespace fifteen::desk
