#include "server/desk/team/mailboxes.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "mail/address.hpp"
#include "server/desk/hours/promises.hpp"
#include "server/desk/hours/targets.hpp"
#include "server/store/customers.hpp"
#include "server/store/events.hpp"
#include "server/store/ratings.hpp"
#include "server/store/suggestion_choices.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_name = 200;

MailboxView view_of(store::Session& sql, store::Mailbox mailbox, Instant now) {
  const Microseconds target = target_at(store::targets_of(sql, mailbox.id), mailbox.id, {}, now);
  const bool asks_rating = store::asks_rating(sql, mailbox.id);
  const bool suggests_articles = store::suggests_articles(sql, mailbox.id);
  return {.mailbox = std::move(mailbox),
          .target = target,
          .asks_rating = asks_rating,
          .suggests_articles = suggests_articles};
}

bool is_valid(store::Session& sql, const MailboxChange& wish) {
  if (wish.name &&
      (wish.name->empty() || wish.name->size() > longest_name || wish.name->find_first_of("\r\n") != std::string::npos))
    return false;
  if (wish.schedule && *wish.schedule && !store::has_schedule(sql, *wish.schedule)) return false;
  return !wish.target || (*wish.target >= shortest_target && *wish.target <= longest_target);
}

// The first promise of a mailbox also holds for what came in before it was made (clock.md, "target").
void promise(store::Session& sql, MailboxId mailbox, std::chrono::seconds target, std::optional<Instant> from) {
  store::set_target(sql, {.from = from, .mailbox = mailbox, .when = {}, .target = target});
}

}  // namespace

std::vector<MailboxView> list_mailboxes(store::Session& sql, Instant now) {
  std::vector<MailboxView> views;
  const std::vector<Target> targets = store::targets(sql);
  const auto unrated = store::unrated_mailboxes(sql), quiet = store::quiet_mailboxes(sql);
  for (store::Mailbox& mailbox : store::mailboxes(sql)) {
    const Microseconds target = target_at(targets, mailbox.id, {}, now);
    const MailboxId id = mailbox.id;
    views.push_back({.mailbox = std::move(mailbox),
                     .target = target,
                     .asks_rating = !unrated.contains(id),
                     .suggests_articles = !quiet.contains(id)});
  }
  return views;
}

result<MailboxView> add_mailbox(store::Session& sql, const Actor& actor, const MailboxChange& wish, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (!wish.address || mail::address_for_header(*wish.address).empty() || !is_valid(sql, wish)) return errc::invalid;
  store::Mailbox mailbox{.address = store::address_key(*wish.address),
                         .name = wish.name.value_or(*wish.address),
                         .schedule = wish.schedule.value_or(ScheduleId()),
                         .created_at = now};
  const auto id = store::add_mailbox(sql, mailbox);
  if (!id) return errc::conflict;
  mailbox.id = *id;
  if (wish.target) promise(sql, mailbox.id, *wish.target, {});
  if (wish.asks_rating) store::set_asks_rating(sql, mailbox.id, *wish.asks_rating);
  if (wish.suggests_articles) store::set_suggests_articles(sql, mailbox.id, *wish.suggests_articles);
  return view_of(sql, std::move(mailbox), now);
}

result<MailboxView> change_mailbox(store::Session& sql, const Actor& actor, MailboxId id, const MailboxChange& wish,
                                   Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  auto mailbox = store::find_mailbox(sql, id);
  if (!mailbox) return errc::not_found;
  if (!is_valid(sql, wish)) return errc::invalid;
  mailbox->name = wish.name.value_or(mailbox->name);
  mailbox->schedule = wish.schedule.value_or(mailbox->schedule);
  store::save_mailbox(sql, *mailbox);
  if (wish.target) promise(sql, id, *wish.target, now);
  if (wish.target || wish.schedule) {
    promises_changed(sql, {&id, 1}, now);
    json::object data{{"mailbox", id.value}, {"schedule", mailbox->schedule.value}};
    if (wish.target) data["target_us"] = Microseconds(*wish.target).count();
    store::add_event(sql, {.at = now,
                           .kind = "hours",
                           .actor = actor.kind,
                           .actor_id = actor.agent.value,
                           .data = json::serialize(data)});
  }
  if (wish.asks_rating) store::set_asks_rating(sql, id, *wish.asks_rating);
  if (wish.suggests_articles) store::set_suggests_articles(sql, id, *wish.suggests_articles);
  return view_of(sql, std::move(*mailbox), now);
}

}  // namespace fifteen::desk
