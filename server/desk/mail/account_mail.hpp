#pragma once
#include <optional>
#include <string>

#include "mail/message.hpp"
#include "server/store/credentials.hpp"

namespace fifteen::desk {

// The desk's first mailbox, which speaks for the desk where no ticket's mailbox does; none: there is no mailbox yet.
std::optional<mail::Address> desk_sender(store::Session& sql);

struct LinkMail {
  store::OneTimeLink link;
  std::string url;  // where it opens
  mail::Address from;
  std::string language;
  std::string by;  // who invites; a forgotten password has nobody
};
// Queues the words around an invitation or a reset, to nobody's but the account's own address.
void mail_link(store::Session& sql, const LinkMail& wish, Instant now);

}  // namespace fifteen::desk
