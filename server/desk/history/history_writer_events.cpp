#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/desk/history/history_format.hpp"
#include "server/desk/history/history_writer.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/tickets/facts.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/store/agents.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"
#include "server/store/history_rows.hpp"

// What happened to tickets: each becomes an event, and the clock follows from those.
namespace fifteen::desk {
namespace {

// Where the first link to an article leads, "https://help.example.org": a desk with a history may have moved since.
// Empty for a path alone; none: there is no such link.
std::optional<std::string_view> linked_site(std::string_view text) {
  const auto at = text.find("/help/");
  if (at == std::string_view::npos) return {};
  const auto before = text.substr(0, at);
  const auto scheme = before.rfind("http");
  if (scheme == std::string_view::npos || before.find_first_of(" \t\r\n()<>[]", scheme) != std::string_view::npos)
    return "";
  return before.substr(scheme);
}

namespace json = boost::json;

std::string with_extra(const std::string& data, const Traits& extra) {
  if (extra.empty()) return data;
  json::object object = json::parse(data).as_object();
  json::object kept;
  for (const auto& [name, value] : extra) kept[name] = json::parse(value);
  object["extra"] = std::move(kept);
  return json::serialize(object);
}

json::array to_array(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

std::vector<std::string> distinct(const std::vector<std::string>& texts) {
  std::vector<std::string> once;
  for (const std::string& text : texts)
    if (std::ranges::find(once, text) == once.end()) once.push_back(text);
  return once;
}

std::vector<mail::Address> addresses(const std::vector<std::string>& texts) {
  std::vector<mail::Address> addresses;
  for (const std::string& text : texts) addresses.push_back({.name = "", .address = text});
  return addresses;
}

}  // namespace

Fact HistoryWriter::fact_of(const HistoryEvent& event, FactKind kind) {
  return {.at = event.at, .kind = kind, .ticket = TicketId{need(HistoryThing::ticket, event.ticket)}};
}

Fact HistoryWriter::fact_by(const HistoryEvent& event, FactKind kind, const HistoryActor& by) {
  Fact fact = fact_of(event, kind);
  fact.actor = by.kind;
  if (by.kind == ActorKind::agent) fact.agent = AgentId{need(HistoryThing::agent, by.id)};
  return fact;
}

bool HistoryWriter::add(const Fact& fact, const Traits& extra, std::int64_t actor_id) {
  store::Event event = to_event(fact);
  if (actor_id) event.actor_id = actor_id;
  return add(std::move(event), extra);
}

bool HistoryWriter::add(store::Event event, const Traits& extra) {
  event.data = with_extra(event.data, extra);
  store::add_event(sql_, event);
  touched_[event.ticket];
  return true;
}

bool HistoryWriter::write(const HistoryTicket& line) {
  if (find(HistoryThing::ticket, line.ticket)) return false;
  const CustomerId requester{need(HistoryThing::customer, line.customer)};
  store::Ticket ticket{.mailbox = MailboxId{need(HistoryThing::mailbox, line.mailbox)},
                       .customer = requester,
                       .subject = store::clip(line.subject, 500),
                       .channel = line.channel,
                       .started_by = line.started_by,
                       .created_at = line.at,
                       .tags = distinct(line.tags)};
  ticket.summary.updated_at = ticket.summary.last_customer_at = line.at;
  ticket.id = store::add_ticket(sql_, ticket);
  remember(HistoryThing::ticket, line.ticket, ticket.id.value);
  requesters_.emplace(ticket.id, requester);
  store::add_tags(sql_, ticket.id, ticket.tags);
  if (const std::string& email = customer(requester).email; !email.empty())
    store::add_participant(sql_, ticket.id, email, store::Part::requester);

  store::Event opened =
      to_event({.at = line.at, .kind = FactKind::opened, .ticket = ticket.id, .actor = line.started_by});
  if (!line.tags.empty()) opened.data = json::serialize(json::object{{"tags", to_array(line.tags)}});
  if (line.started_by == ActorKind::customer) opened.actor_id = requester.value;
  return add(std::move(opened), line.extra);
}

bool HistoryWriter::write(const HistoryMessage& line) {
  if (line.id && find(HistoryThing::message, *line.id)) return false;
  Fact fact = fact_by(line, FactKind::message, line.from);
  fact.message_kind = line.kind;
  fact.closes = line.close;
  store::Message message{.ticket = fact.ticket, .kind = line.kind, .author = line.from.kind, .at = line.at};
  name_author(message, line);
  message.subject = store::clip(line.subject.value_or(""), 500);
  message.to = addresses(line.to);
  message.cc = addresses(line.cc);
  message.rfc_message_id = store::clip(line.message_id.value_or(""), 998);
  message.closes = line.close;
  message.text = line.body;
  message.id = store::add_message(sql_, message, line.html.value_or(""));
  if (line.id) remember(HistoryThing::message, *line.id, message.id.value);
  for (const HistoryAttachment& file : line.attachments)
    store::add_attachment(sql_, {.message = message.id,
                                 .name = store::clip(file.name, 255),
                                 .content_type = store::clip(file.content_type, 127),
                                 .size = static_cast<std::int64_t>(file.bytes.size()),
                                 .sha256 = store::add_blob(sql_, file.bytes),
                                 .created_at = line.at});
  fact.message = message.id;
  add(fact, line.extra, message.author_id);
  if (line.kind == MessageKind::reply && line.from.kind == ActorKind::agent)
    if (const auto site = linked_site(line.body)) teach_by_links(sql_, message, *site, line.at);

  Touched& touched = touched_[fact.ticket];
  touched.preview = preview_of(line.kind, line.body);
  if (line.from.kind == ActorKind::customer) touched.customer_wrote_at = line.at;
  return true;
}

void HistoryWriter::name_author(store::Message& message, const HistoryMessage& line) {
  if (line.from.kind == ActorKind::agent) {
    const store::Agent& author = agent(AgentId{need(HistoryThing::agent, line.from.id)});
    message.author_id = author.id.value;
    message.author_name = author.name;
    message.author_email = author.email;
  }
  if (line.from.kind == ActorKind::customer) {
    const store::Customer& author = customer(
        line.from.id.empty() ? requester(message.ticket) : CustomerId{need(HistoryThing::customer, line.from.id)});
    message.author_id = author.id.value;
    message.author_name = author.name;
    message.author_email = author.email;
  }
}

bool HistoryWriter::write(const HistoryClose& line) {
  Fact fact = fact_by(line, FactKind::close, line.by);
  // A customer who says so is the ticket's own unless the line names another.
  const std::int64_t customer = line.by.id.empty()                    ? 0
                                : line.by.kind == ActorKind::customer ? need(HistoryThing::customer, line.by.id)
                                                                      : 0;
  return add(fact, line.extra, customer);
}

bool HistoryWriter::write(const HistoryReopen& line) {
  return add(fact_by(line, FactKind::reopen, line.by), line.extra);
}

bool HistoryWriter::write(const HistoryAssign& line) {
  Fact fact = fact_of(line, FactKind::assign);
  if (line.to) fact.agent = AgentId{need(HistoryThing::agent, *line.to)};
  return add(fact, line.extra);
}

bool HistoryWriter::write(const HistoryTag& line) {
  const TicketId id{need(HistoryThing::ticket, line.ticket)};
  std::vector<std::string> tags = store::find_kept_ticket(sql_, id).value().tags;
  std::erase_if(tags, [&](const std::string& tag) { return std::ranges::find(line.remove, tag) != line.remove.end(); });
  for (const std::string& tag : line.add)
    if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
  store::set_tags(sql_, id, tags);
  return add({.at = line.at,
              .kind = "tag",
              .ticket = id,
              .data = json::serialize(json::object{{"add", to_array(line.add)}, {"remove", to_array(line.remove)}})},
             line.extra);
}

bool HistoryWriter::write(const HistorySpam& line) {
  return add(fact_of(line, line.marked ? FactKind::spam : FactKind::unspam), line.extra);
}

bool HistoryWriter::write(const HistoryMerge& line) {
  Fact fact = fact_of(line, FactKind::merge);
  fact.other = TicketId{need(HistoryThing::ticket, line.into)};
  if (has_merged_) settle();  // where the tickets stand by now
  has_merged_ = true;
  fact.other = current_ticket(sql_, fact.other);
  // A merge that makes no sense is history all the same: the clock passes over it, and no message moves.
  if (current_ticket(sql_, fact.ticket) != fact.ticket || fact.other == fact.ticket || !fact.other)
    return add(fact, line.extra);
  join_tickets(sql_, fact, 0);
  touched_[fact.ticket].messages_moved = true;
  return true;
}

bool HistoryWriter::write(const HistoryUnmerge& line) {
  const Fact fact = fact_of(line, FactKind::unmerge);
  if (has_merged_) settle();
  has_merged_ = true;
  if (const TicketId now_in = current_ticket(sql_, fact.ticket); now_in != fact.ticket)
    give_back_messages(sql_, fact.ticket, now_in);
  touched_[fact.ticket].messages_moved = true;
  return add(fact, line.extra);
}

bool HistoryWriter::write(const HistorySplit& line) {
  Fact fact = fact_of(line, FactKind::split);
  fact.other = TicketId{need(HistoryThing::ticket, line.into)};
  for (const std::string& id : line.messages) {
    fact.messages.emplace_back(need(HistoryThing::message, id));
    store::move_message(sql_, fact.messages.back(), fact.other);
  }
  unite(fact.ticket, fact.other);
  return add(fact, line.extra);
}

void HistoryWriter::unite(TicketId a, TicketId b) {
  store::unite_families(sql_, store::find_kept_ticket(sql_, a).value(), store::find_kept_ticket(sql_, b).value());
}

bool HistoryWriter::write(const HistoryBounce& line) {
  Fact fact = fact_of(line, FactKind::bounced);
  fact.message = MessageId{need(HistoryThing::message, line.message)};
  return add(fact, line.extra);
}

bool HistoryWriter::write(const HistoryUndo& line) {
  Fact fact = fact_of(line, FactKind::undo);
  fact.message = MessageId{need(HistoryThing::message, line.message)};
  store::set_undone(sql_, fact.message, line.at);
  return add(fact, line.extra);
}

bool HistoryWriter::write(const HistoryRating& line) {
  store::Rating rating{.ticket = TicketId{need(HistoryThing::ticket, line.ticket)},
                       .message = line.message ? MessageId{need(HistoryThing::message, *line.message)} : MessageId{},
                       .at = line.at,
                       .score = line.score,
                       .comment = line.comment};
  store::Event event = to_event(rating);
  if (!rating.message) {
    // One of the ticket as a whole is its latest answer's; the log keeps the line as it was.
    if (has_merged_) settle();
    rating.message = store::latest_answer(sql_, current_ticket(sql_, rating.ticket), line.at);
  }
  store::keep_rating(sql_, rating);
  return add(std::move(event), line.extra);
}

}  // namespace fifteen::desk
