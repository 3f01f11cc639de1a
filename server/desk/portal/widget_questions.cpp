#include "server/desk/portal/widget_questions.hpp"

#include <algorithm>
#include <functional>

#include <boost/json/serialize.hpp>

#include "server/desk/portal/brands.hpp"
#include "server/desk/portal/widget_keys.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/customers.hpp"
#include "server/store/ticket_list.hpp"
#include "server/store/tickets.hpp"
#include "server/store/widget_questions.hpp"

namespace fifteen::desk {
namespace {

std::string as_json(const Identity& identity) {
  boost::json::object said = identity.more;
  for (const auto& [name, value] :
       {std::pair("id", &identity.id), {"email", &identity.email}, {"name", &identity.name}})
    if (!value->empty()) said[name] = *value;
  return boost::json::serialize(said);
}

}  // namespace

result<Opened> ask_by_widget(store::Session& sql, const store::WidgetKey& key, const WidgetQuestion& asked,
                             Instant now) {
  Question question = asked.question;
  if (const MailboxId mailbox = mailbox_of(sql, store::brand_of(sql, BrandId(key.brand))))
    question.mailbox = std::to_string(mailbox.value);
  const auto opened = open_ticket(sql, question, now);
  if (!opened) return opened.error();
  if (!asked.tags.empty())
    if (const auto tagged = tag_ticket(sql, Actor::system(), opened->ticket, asked.tags, now); !tagged)
      return tagged.error();
  const auto& identity = asked.identity;
  store::keep_widget_question(sql,
                              {.ticket = opened->ticket,
                               .external_id = is_signed(key, identity.id, identity.signature, now) ? identity.id : "",
                               .identity = as_json(identity),
                               .page = asked.page,
                               .created_at = now});
  return opened;
}

std::vector<TicketId> questions_of(store::Session& sql, const std::string& external_id, int limit) {
  std::vector<TicketId> tickets;
  for (const auto& question : store::widget_questions_of(sql, external_id, limit)) tickets.push_back(question.ticket);
  if (const auto customer = store::find_customer_named(sql, external_id))
    for (const auto& listed : store::listed_of_customer(sql, customer->id, {}, limit))
      tickets.push_back(listed.ticket.id);
  std::ranges::sort(tickets, std::greater());
  const auto doubles = std::ranges::unique(tickets);
  tickets.erase(doubles.begin(), doubles.end());
  tickets.resize(std::min(tickets.size(), static_cast<std::size_t>(limit)));
  return tickets;
}

result<Asker> asker_of(store::Session& sql, TicketId id) {
  const auto ticket = store::find_ticket(sql, id);
  if (!ticket) return errc::not_found;
  Asker asker;
  std::string external_id;
  if (auto question = store::find_widget_question(sql, id)) {
    asker.identity = std::move(question->identity);
    asker.page = std::move(question->page);
    asker.is_verified = !question->external_id.empty();
    external_id = std::move(question->external_id);
  }
  if (external_id.empty())
    if (const auto customer = store::find_customer(sql, ticket->customer)) external_id = customer->external_id;
  if (!external_id.empty()) asker.events = store::customer_events(sql, external_id, 10);
  return asker;
}

}  // namespace fifteen::desk
