#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {

struct MailboxView {
  store::Mailbox mailbox;
  Microseconds target;  // everybody's promise in force
  bool asks_rating;
  bool suggests_articles;
};
std::vector<MailboxView> list_mailboxes(store::Session& sql, Instant now);

struct MailboxChange {
  std::optional<std::string> address;  // needed for a new one, fixed afterwards
  std::optional<std::string> name;
  std::optional<std::chrono::seconds> target;  // from now on; 1 s to 30 days
  std::optional<bool> asks_rating;             // whether its answers ask what the customer makes of them
  std::optional<bool> suggests_articles;       // whether its acknowledgements do
  std::optional<ScheduleId> schedule;          // 0: always open
};
// errc::forbidden: admins only. errc::invalid. errc::conflict: the address is taken.
result<MailboxView> add_mailbox(store::Session& sql, const Actor& actor, const MailboxChange& wish, Instant now);
// errc::not_found.
result<MailboxView> change_mailbox(store::Session& sql, const Actor& actor, MailboxId id, const MailboxChange& wish,
                                   Instant now);

}  // namespace fifteen::desk
