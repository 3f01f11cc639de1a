#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/http/boot.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

// The ticket as it is now, after an action that found it so or made it so.
Reply ticket_after(store::Session& sql, const Call& call, TicketId id, const result<void>& done,
                   const char* invalid_because) {
  if (!done && done.error() != errc::already_done) return problem(done.error(), errc::invalid, invalid_because);
  const auto view = desk::view_ticket(sql, id, call.caller.agent);
  return view ? ok(ticket_json(view->listed)) : problem(view.error());
}

// Runs `act(id)` on the ticket of the address.
template <class Act>
Reply on_ticket(store::Session& sql, const Call& call, Act act, const char* invalid_because = "") {
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  return ticket_after(sql, call, *id, act(*id), invalid_because);
}

template <class Act>
Reply quietly_on_ticket(const Call& call, Act act) {
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  const result<void> done = act(*id);
  if (!done && done.error() != errc::already_done) return problem(done.error());
  return no_content();
}

result<desk::ListRequest> list_request(const Call& call) {
  desk::ListRequest request;
  request.reader = call.caller.agent;
  const auto state = parse<TicketState>(call.request.query("state").value_or("open"));
  const auto word = call.request.query("view");
  const auto view = word ? desk::parse_view(*word) : std::optional(desk::View::all);
  if (!state || !view) return errc::invalid;
  request.shelf = *state == TicketState::open ? store::Shelf::open : store::Shelf::closed;
  request.view = *view;
  const auto limit = limit_of(call.request, 50, 100);
  if (!limit) return limit.error();
  request.limit = *limit;
  if (const auto cursor = call.request.query("cursor")) {
    request.after = desk::parse_ticket_cursor(*cursor);
    if (!request.after) return errc::invalid;
  }
  return request;
}

}  // namespace

json::object ticket_page_json(store::Session& sql, const desk::ListRequest& request) {
  const auto page = desk::list_tickets(sql, request);
  json::array items;
  for (const auto& ticket : page.tickets) items.push_back(ticket_json(ticket));
  return list_json(std::move(items), page.next ? std::optional(desk::to_cursor(*page.next)) : std::nullopt);
}

json::object counts_json(store::Session& sql, const Call& call, const TimeZone& zone) {
  const auto figures = call.setup.figures.of(sql, zone, call.now);
  const desk::Today& today = figures.today;
  return {{"first", figures.first},
          {"mine", desk::count_view(sql, desk::View::mine, call.caller.agent)},
          {"waiting", figures.waiting},
          {"today", json::object{{"share", today.share ? json::value(*today.share) : json::value()},
                                 {"met", today.met},
                                 {"total", today.total},
                                 {"median_us", today.median ? json::value(today.median->count()) : json::value()}}}};
}

Reply list_tickets(store::Session& sql, const Call& call) {
  const auto request = list_request(call);
  if (!request)
    return problem(request.error(), "state is open or closed; view first, mine or waiting; limit 1 to 100.");
  return ok(ticket_page_json(sql, *request));
}

Reply count_tickets(store::Session& sql, const Call& call) {
  const auto zone = TimeZone::find(call.request.query("zone").value_or("UTC"));
  if (!zone) return problem(errc::invalid, "There is no such time zone.");
  return ok(counts_json(sql, call, *zone));
}

Reply read_ticket(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  const auto view = id ? desk::view_ticket(sql, *id, call.caller.agent) : id.error();
  return view ? ok(ticket_json(*view)) : problem(view.error());
}

// A question on a customer's behalf; with "started_by": "agent" an agent's own first word, or her note of a call.
Reply open_ticket(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string email = fields.need_email("email");
  const std::string customer = fields.text("name", 200).value_or("");
  const std::string subject = fields.text("subject", 500).value_or("");
  const std::string text = fields.need_text("text", 200'000);
  const std::string mailbox = fields.text("mailbox", 254).value_or("");
  const auto channel = parse<Channel>(fields.text("channel", 10).value_or("api"));
  const std::string kind = fields.text("kind", 20).value_or("mail");
  const std::string started_by = fields.text("started_by", 10).value_or("customer");
  if (!channel) fields.complain("channel", "This is email, form, widget, api or phone.");
  if (kind != "mail" && kind != "phone_note") fields.complain("kind", "This is mail or phone_note.");
  if (started_by != "customer" && started_by != "agent") fields.complain("started_by", "This is customer or agent.");
  std::vector<AttachmentId> attachments;
  for (const auto upload : fields.ids("attachments", 50)) attachments.emplace_back(upload);
  if (!fields.are_fine()) return fields.problem();

  using Kind = desk::FirstWord::Kind;
  const auto opened = started_by == "agent"
                          ? desk::start_ticket(sql, actor_of(call),
                                               {.kind = kind == "mail" ? Kind::mail : Kind::phone_note,
                                                .email = email,
                                                .name = customer,
                                                .subject = subject,
                                                .text = text,
                                                .mailbox = mailbox,
                                                .attachments = attachments},
                                               call.now)
                          : desk::open_ticket(sql,
                                              {.email = email,
                                               .name = customer,
                                               .subject = subject,
                                               .text = text,
                                               .mailbox = mailbox,
                                               .channel = *channel,
                                               .attachments = attachments},
                                              call.now);
  if (!opened && opened.error() == errc::not_found) return problem(errc::not_found, "There is no such mailbox.");
  if (!opened)
    return problem(opened.error(), errc::invalid,
                   "An attachment is none of your uploads, or the address can't be written to.");
  const auto view = desk::view_ticket(sql, opened->ticket, call.caller.agent);
  if (!view) return problem(view.error());
  return created(ticket_json(*view)).with("Location", "/api/v1/tickets/" + id_text(opened->ticket));
}

Reply close_ticket(store::Session& sql, const Call& call) {
  return on_ticket(sql, call, [&](TicketId id) { return desk::close_ticket(sql, actor_of(call), id, call.now); });
}

Reply reopen_ticket(store::Session& sql, const Call& call) {
  return on_ticket(sql, call, [&](TicketId id) { return desk::reopen_ticket(sql, actor_of(call), id, call.now); });
}

Reply take_back_close(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  if (!id) return problem(id.error());
  const auto done = desk::take_back_close(sql, actor_of(call), *id, call.now);
  for (const auto& [why, detail] : {std::pair(errc::forbidden, "Only who closed it can take that back."),
                                    std::pair(errc::expired, "A close can be taken back within a minute."),
                                    std::pair(errc::conflict, "It was opened again, or merged, since you closed it.")})
    if (done.has_error() && done.error() == why) return problem(done.error(), detail);
  return ticket_after(sql, call, *id, done, "");
}

Reply assign_ticket(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto agent = fields.id("agent");
  if (!fields.has("agent")) fields.complain("agent", "This is an agent's id, or null for nobody.");
  if (!fields.are_fine()) return fields.problem();
  const auto assign = [&](TicketId id) {
    return desk::assign_ticket(sql, actor_of(call), id, AgentId(agent.value_or(0)), call.now);
  };
  return on_ticket(sql, call, assign, "There is no such agent, or she is not active.");
}

Reply tag_ticket(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  auto tags = fields.texts("tags", 20, 100);
  if (!fields.has("tags")) fields.complain("tags", "This is a list of texts.");
  if (!fields.are_fine()) return fields.problem();
  const auto tag = [&](TicketId id) { return desk::tag_ticket(sql, actor_of(call), id, std::move(tags), call.now); };
  return on_ticket(sql, call, tag, "A tag is one line.");
}

Reply mark_spam(store::Session& sql, const Call& call) {
  return on_ticket(sql, call, [&](TicketId id) { return desk::mark_spam(sql, actor_of(call), id, call.now); });
}

Reply unmark_spam(store::Session& sql, const Call& call) {
  return on_ticket(sql, call, [&](TicketId id) { return desk::unmark_spam(sql, actor_of(call), id, call.now); });
}

Reply mark_read(store::Session& sql, const Call& call) {
  return quietly_on_ticket(call, [&](TicketId id) { return desk::mark_read(sql, actor_of(call), id, call.now); });
}

Reply mark_unread(store::Session& sql, const Call& call) {
  return quietly_on_ticket(call, [&](TicketId id) { return desk::mark_unread(sql, actor_of(call), id); });
}

Reply keep_draft(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string text = fields.text("text", 200'000).value_or("");
  const auto kind = parse<MessageKind>(fields.text("kind", 10).value_or("reply"));
  if (kind != MessageKind::reply && kind != MessageKind::note) fields.complain("kind", "This is reply or note.");
  if (!fields.are_fine()) return fields.problem();
  return quietly_on_ticket(
      call, [&](TicketId id) { return desk::keep_draft(sql, actor_of(call), id, *kind, text, call.now); });
}

Reply drop_draft(store::Session& sql, const Call& call) {
  return quietly_on_ticket(call, [&](TicketId id) { return desk::drop_draft(sql, actor_of(call), id); });
}

}  // namespace fifteen::http::routes
