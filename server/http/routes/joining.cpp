#include "server/desk/tickets/joining.hpp"

#include <boost/json/value.hpp>

#include "server/desk/tickets/overview.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {

// PUT {"into": id}: this ticket is read with that one from now on.
Reply merge_ticket(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto into = fields.id("into");
  if (!into) fields.complain("into", "This is the id of the ticket to merge into.");
  if (!fields.are_fine()) return fields.problem();
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  const auto done = desk::merge_tickets(sql, actor_of(call), *id, TicketId(*into), call.now);
  if (!done && done.error() != errc::already_done)
    return problem(done.error(), errc::invalid, "A ticket merges into another one that is not merged itself.");
  const auto view = desk::view_ticket(sql, TicketId(*into), call.caller.agent);
  return view ? ok(ticket_json(*view)) : problem(view.error());
}

Reply unmerge_ticket(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  const auto done = desk::unmerge_ticket(sql, actor_of(call), *id, call.now);
  if (!done && done.error() != errc::already_done) return problem(done.error());
  const auto view = desk::view_ticket(sql, *id, call.caller.agent);
  return view ? ok(ticket_json(*view)) : problem(view.error());
}

// POST {"messages": [ids]}: these become a ticket of their own.
Reply split_ticket(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  std::vector<MessageId> messages;
  for (const auto message : fields.ids("messages", 200)) messages.emplace_back(message);
  if (!fields.are_fine()) return fields.problem();
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  const auto part = desk::split_ticket(sql, actor_of(call), *id, messages, call.now);
  if (!part)
    return problem(part.error(), errc::invalid,
                   "These are some of the ticket's messages, and one at least stays behind.");
  const auto view = desk::view_ticket(sql, *part, call.caller.agent);
  return view ? created(ticket_json(*view)) : problem(view.error());
}

}  // namespace fifteen::http::routes
