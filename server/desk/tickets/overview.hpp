#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/error.hpp"
#include "server/desk/team/access.hpp"
#include "server/store/attachments.hpp"
#include "server/store/customers.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/messages.hpp"
#include "server/store/personal.hpp"
#include "server/store/ratings.hpp"
#include "server/store/ticket_list.hpp"

// What people look at. A fixed number of statements a page, each bounded and on an index.
namespace fifteen::desk {

enum class View { all, first, mine, waiting };
std::optional<View> parse_view(std::string_view word);

struct ListRequest {
  store::Shelf shelf = store::Shelf::open;
  View view = View::all;
  AgentId reader;
  int limit = 50;                           // 1 to 100
  std::optional<store::TicketPlace> after;  // of a cursor
};
struct TicketPage {
  std::vector<store::ListedTicket> tickets;
  std::optional<store::TicketPlace> next;
};
TicketPage list_tickets(store::Session& sql, const ListRequest& request);

// A place in a list or a conversation as the opaque text of a cursor.
std::string to_cursor(const store::TicketPlace& place);
std::optional<store::TicketPlace> parse_ticket_cursor(std::string_view cursor);
std::string to_cursor(const store::MessagePlace& place);
std::optional<store::MessagePlace> parse_message_cursor(std::string_view cursor);

// How many open tickets a view has, counting to 1000 and no further.
std::int64_t count_view(store::Session& sql, View view, AgentId reader);

struct TicketView {
  store::ListedTicket listed;
  std::vector<mail::Address> participants;
  std::optional<store::Draft> draft;  // the reader's
};
// errc::not_found. A merged ticket is shown with where it went; its number stays good.
result<TicketView> view_ticket(store::Session& sql, TicketId ticket, AgentId reader);

struct MessageView {
  store::Message message;
  std::vector<store::Attachment> attachments;
  std::optional<store::MailStatus> delivery;
  std::optional<store::Rating> rating;  // of an answer, where the reader may see it
};
struct MessagePage {
  std::vector<MessageView> messages;
  std::optional<store::MessagePlace> next;
};
// Oldest first. errc::not_found.
result<MessagePage> list_messages(store::Session& sql, const Actor& reader, TicketId ticket,
                                  std::optional<store::MessagePlace> after, int limit);
result<MessageView> view_message(store::Session& sql, MessageId message);

// Tickets that a search found, in its order.
std::vector<store::ListedTicket> list_found(store::Session& sql, const std::vector<TicketId>& ids, AgentId reader);

struct CustomerView {
  store::Customer customer;
  std::vector<store::ListedTicket> tickets;  // the newest 20
};
result<CustomerView> view_customer(store::Session& sql, CustomerId customer, AgentId reader);

}  // namespace fifteen::desk
