#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>

#include "server/desk/tickets/actions.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

// What came into the ticket while the agent wrote: she looks, and sends again with
// the version she has then seen.
Reply changed_meanwhile(store::Session& sql, const Call& call, TicketId ticket, std::int64_t version) {
  json::array since;
  const auto news = desk::news_since(sql, ticket, version);
  for (const auto& message : news.messages)
    if (const auto view = desk::view_message(sql, message.id)) since.push_back(message_json(*view, call.now));
  return problem_with(errc::conflict, "The ticket has changed since you read it.",
                      {{"version", news.version}, {"since", std::move(since)}});
}

json::value number_or_null(TicketId id) {
  return id ? json::value(id.value) : json::value();
}

json::object action_json(const desk::Action& action) {
  return {{"id", id_text(action.id)},
          {"at", time_json(action.at)},
          {"kind", action.kind},
          {"actor", json::object{{"kind", name(action.actor)}, {"name", action.actor_name}}},
          {"assignee", action.assignee_name.empty() ? json::value() : json::value(action.assignee_name)},
          {"added", json::value_from(action.added)},
          {"removed", json::value_from(action.removed)},
          {"message", action.message ? json::value(id_text(action.message)) : json::value()},
          {"from", number_or_null(action.from)},
          {"into", number_or_null(action.into)}};
}

}  // namespace

// The lines between the messages: closed, assigned, tagged, merged.
Reply list_actions(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  const auto actions = id ? desk::list_actions(sql, *id) : id.error();
  if (!actions) return problem(actions.error());
  json::array items;
  for (const auto& action : *actions) items.push_back(action_json(action));
  return ok(list_json(std::move(items)));
}

Reply list_messages(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  std::optional<store::MessagePlace> after;
  if (const auto cursor = call.request.query("cursor")) {
    after = desk::parse_message_cursor(*cursor);
    if (!after) return problem(errc::invalid, "This cursor is not one of ours.");
  }
  const auto limit = limit_of(call.request, 100, 200);
  if (!limit) return problem(limit.error(), "limit is 1 to 200.");
  const auto page = desk::list_messages(sql, actor_of(call), *id, after, *limit);
  if (!page) return problem(page.error());
  json::array items;
  for (const auto& message : page->messages) items.push_back(message_json(message, call.now));
  return ok(list_json(std::move(items), page->next ? std::optional(desk::to_cursor(*page->next)) : std::nullopt));
}

Reply add_message(store::Session& sql, const Call& call) {
  const auto ticket = call.id<TicketId>();
  if (!ticket) return problem(ticket.error());
  Fields fields = Fields::of(call.request);
  desk::NewMessage message;
  const auto kind = parse<MessageKind>(fields.need_text("kind", 10));
  if (kind != MessageKind::reply && kind != MessageKind::note) fields.complain("kind", "This is reply or note.");
  message.text = fields.need_text("text", 200'000);
  message.close = fields.flag("close", false);
  message.if_version = fields.integer("if_version", 0, INT64_MAX);
  message.undo = std::chrono::seconds(fields.integer("undo_seconds", 0, 60).value_or(0));
  for (const auto upload : fields.ids("attachments", 50)) message.attachments.emplace_back(upload);
  if (!fields.are_fine()) return fields.problem();
  message.kind = *kind;
  if (may_mail_links(call.setup, call.request)) message.site = base_url(call.setup, call.request);

  const auto added = desk::add_message(sql, actor_of(call), *ticket, message, call.now);
  if (!added && added.error() == errc::conflict) return changed_meanwhile(sql, call, *ticket, *message.if_version);
  if (!added && added.error() == errc::forbidden)
    return problem(errc::forbidden, "Only a person answers: give the token an agent.");
  if (!added)
    return problem(added.error(), errc::invalid,
                   "An attachment is none of your uploads, or the customer has no address that can be written to.");
  const auto view = desk::view_message(sql, added->id);
  return view ? created(message_json(*view, call.now)) : problem(view.error());
}

Reply undo_message(store::Session& sql, const Call& call) {
  const auto id = call.id<MessageId>();
  if (!id) return problem(id.error());
  const auto text = desk::undo_reply(sql, actor_of(call), *id, call.now);
  return text ? ok({{"text", *text}}) : problem(text.error());
}

}  // namespace fifteen::http::routes
