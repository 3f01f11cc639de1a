#pragma once
#include <map>

#include "server/domain/schedule.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {

// Each mailbox's business hours, read when first asked for. For one job.
class MailboxHours {
 public:
  explicit MailboxHours(store::Session& sql) : sql_(sql) {}
  const Schedule& of(MailboxId mailbox) {
    const auto [place, is_new] = schedules_.try_emplace(mailbox);
    if (is_new)
      if (const auto kept = store::find_mailbox(sql_, mailbox); kept && kept->schedule)
        place->second = store::schedule(sql_, kept->schedule);
    return place->second;
  }

 private:
  store::Session& sql_;
  std::map<MailboxId, Schedule> schedules_;
};

}  // namespace fifteen::desk
