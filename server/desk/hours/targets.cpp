#include "server/desk/hours/targets.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "server/desk/hours/promises.hpp"
#include "server/store/events.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

void promise_changed(store::Session& sql, const Actor& actor, const char* what, const store::KeptTarget& kept,
                     Instant now) {
  std::vector<MailboxId> concerned;
  for (const store::Mailbox& mailbox : store::mailboxes(sql))
    if (!kept.target.mailbox || mailbox.id == kept.target.mailbox) concerned.push_back(mailbox.id);
  promises_changed(sql, concerned, now);
  store::add_event(
      sql, {.at = now,
            .kind = "target",
            .ticket = {},
            .message = {},
            .actor = actor.kind,
            .actor_id = actor.agent.value,
            .data = json::serialize(json::object{
                {what, kept.id}, {"mailbox", kept.target.mailbox.value}, {"target_us", kept.target.target.count()}})});
}

}  // namespace

std::vector<store::KeptTarget> list_targets(store::Session& sql) {
  return store::kept_targets(sql);
}

result<store::KeptTarget> add_target(store::Session& sql, const Actor& actor, Target wish, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (wish.target < shortest_target || wish.target > longest_target) return errc::invalid;
  if (wish.mailbox && !store::find_mailbox(sql, wish.mailbox)) return errc::invalid;
  wish.from = wish.from.value_or(now);
  if (*wish.from < now) return errc::expired;
  store::KeptTarget kept{.target = std::move(wish)};
  kept.id = store::set_target(sql, kept.target);
  promise_changed(sql, actor, "added", kept, now);
  return kept;
}

result<void> end_target(store::Session& sql, const Actor& actor, std::int64_t id, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  const auto all = store::kept_targets(sql);
  const auto kept = std::ranges::find(all, id, &store::KeptTarget::id);
  if (kept == all.end()) return errc::not_found;
  if (kept->target.until) return errc::already_done;
  if (kept->target.from && *kept->target.from > now)
    store::remove_target(sql, id);
  else
    store::end_target(sql, id, now);
  promise_changed(sql, actor, "ended", *kept, now);
  return {};
}

}  // namespace fifteen::desk
