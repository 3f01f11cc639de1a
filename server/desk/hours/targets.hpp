#pragma once
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/mailboxes.hpp"

// Promises: what everyone, or the customers with some traits, are promised in a mailbox, from an instant on.
namespace fifteen::desk {

inline constexpr std::chrono::seconds shortest_target{1};
inline constexpr std::chrono::days longest_target{30};

std::vector<store::KeptTarget> list_targets(store::Session& sql);
// errc::forbidden: admins only. errc::invalid: a mailbox that there isn't, a time outside the limits above.
// errc::expired: `from` has passed (none: now).
result<store::KeptTarget> add_target(store::Session& sql, const Actor& actor, Target wish, Instant now);
// It is made no more from now on; one that had not begun never was. errc::not_found; errc::already_done.
result<void> end_target(store::Session& sql, const Actor& actor, std::int64_t id, Instant now);

}  // namespace fifteen::desk
