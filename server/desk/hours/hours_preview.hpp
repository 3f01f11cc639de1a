#pragma once
#include <optional>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/domain/schedule.hpp"
#include "server/domain/statistics.hpp"
#include "server/domain/target.hpp"
#include "server/store/session.hpp"

namespace fifteen::desk {

struct PreviewWish {
  std::vector<MailboxId> mailboxes;  // whose waits are looked at
  std::optional<Schedule> hours;     // instead of theirs
  std::optional<Target> target;      // instead of the one for the same mailbox and customers, or besides
};

// What first waits of the last 30 days counted, and what they would have if the wish had held all that time.
struct Preview {
  Figures before, after;
  Instant from;           // of the first wait looked at
  bool is_whole = false;  // all 30 days; else only so many waits as are looked at
};
// Keeps nothing. Looks at the desk's latest 20,000 first waits. errc::forbidden: admins only.
result<Preview> preview_hours(store::Session& sql, const Actor& actor, const PreviewWish& wish, Instant now);

}  // namespace fifteen::desk
