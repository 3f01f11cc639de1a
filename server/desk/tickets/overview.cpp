#include "server/desk/tickets/overview.hpp"

#include <algorithm>

#include "server/desk/portal/ratings.hpp"
#include "server/store/erasures.hpp"

namespace fifteen::desk {
namespace {

constexpr int counted_at_most = 1000;
constexpr int tickets_of_a_customer = 12;

store::TicketList list_of(store::Shelf shelf, View view, AgentId reader) {
  store::TicketList list{.shelf = shelf};
  if (view == View::first) list.only_first_waits = true;
  if (view == View::waiting) list.only_running = true;
  if (view == View::mine) list.assignee = reader;
  return list;
}

// A reply still within its undo window shows on the screen, one taken back does not.
MessageView with_files(store::Message message, std::vector<store::Attachment>& attachments,
                       std::vector<store::MailStatus>& mails) {
  MessageView view;
  for (store::Attachment& attachment : attachments)
    if (attachment.message == message.id) view.attachments.push_back(std::move(attachment));
  for (store::MailStatus& mail : mails)
    if (mail.message == message.id) view.delivery = std::move(mail);
  view.message = std::move(message);
  return view;
}

}  // namespace

std::optional<View> parse_view(std::string_view word) {
  if (word.empty()) return View::all;
  if (word == "first") return View::first;
  if (word == "mine") return View::mine;
  if (word == "waiting") return View::waiting;
  return {};
}

TicketPage list_tickets(store::Session& sql, const ListRequest& request) {
  const int limit = std::clamp(request.limit, 1, 100);
  TicketPage page;
  if (request.view == View::mine && !request.reader) return page;  // a program is nobody
  // One more than asked for tells whether there is a next page.
  page.tickets = store::list_tickets(sql, list_of(request.shelf, request.view, request.reader), request.reader,
                                     request.after.value_or(store::TicketPlace{}), limit + 1);
  if (static_cast<int>(page.tickets.size()) > limit) {
    page.tickets.pop_back();
    const store::Ticket& last = page.tickets.back().ticket;
    page.next = store::TicketPlace{last.summary.urgency(), last.id};
  }
  return page;
}

std::int64_t count_view(store::Session& sql, View view, AgentId reader) {
  if (view == View::mine && !reader) return 0;  // a program is nobody
  return store::count_tickets(sql, list_of(store::Shelf::open, view, reader), counted_at_most);
}

result<TicketView> view_ticket(store::Session& sql, TicketId ticket, AgentId reader) {
  auto listed = store::find_listed(sql, ticket, reader);
  if (!listed) return errc::not_found;
  TicketView view{.listed = std::move(*listed), .participants = {}, .draft = store::find_draft(sql, ticket, reader)};
  for (store::Participant& participant : store::participants_of(sql, ticket)) {
    const bool is_requester = participant.address == store::address_key(view.listed.customer_email);
    view.participants.push_back({is_requester ? view.listed.customer_name : "", std::move(participant.address)});
  }
  return view;
}

result<MessagePage> list_messages(store::Session& sql, const Actor& reader, TicketId ticket,
                                  std::optional<store::MessagePlace> after, int limit) {
  if (!store::find_ticket(sql, ticket)) return errc::not_found;
  limit = std::clamp(limit, 1, 200);
  auto messages = store::messages_of(sql, ticket, after.value_or(store::MessagePlace{}), limit + 1);
  MessagePage page;
  if (static_cast<int>(messages.size()) > limit) {
    messages.pop_back();
    page.next = store::MessagePlace{messages.back().at, messages.back().id};
  }
  auto attachments = store::attachments_of(sql, ticket);
  auto mails = store::mail_statuses_of(sql, ticket);
  for (store::Message& message : messages) page.messages.push_back(with_files(std::move(message), attachments, mails));
  for (store::Rating& rating : store::ratings_of(sql, ticket)) {
    const auto rated =
        std::ranges::find(page.messages, rating.message, [](const auto& view) { return view.message.id; });
    if (rated != page.messages.end() && may_see_ratings_of(reader, AgentId(rated->message.author_id)))
      rated->rating = std::move(rating);
  }
  return page;
}

result<MessageView> view_message(store::Session& sql, MessageId id) {
  auto message = store::find_message(sql, id);
  if (!message || !store::find_ticket_of(sql, id)) return errc::not_found;
  return MessageView{.message = std::move(*message),
                     .attachments = store::attachments_of(sql, id),
                     .delivery = store::mail_status_of(sql, id),
                     .rating = {}};
}

std::vector<store::ListedTicket> list_found(store::Session& sql, const std::vector<TicketId>& ids, AgentId reader) {
  return store::find_listed(sql, ids, reader);
}

result<CustomerView> view_customer(store::Session& sql, CustomerId id, AgentId reader) {
  auto customer = store::find_customer(sql, id);
  if (!customer || store::find_erasure(sql, id)) return errc::not_found;
  return CustomerView{.customer = std::move(*customer),
                      .tickets = store::listed_of_customer(sql, id, reader, tickets_of_a_customer)};
}

}  // namespace fifteen::desk
