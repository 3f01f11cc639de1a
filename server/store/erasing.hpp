#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "server/store/session.hpp"

// Takes what records say of a customer, and leaves the facts of the clock (docs/privacy.md). Each walk takes a bounded
// piece of a table's keys behind `after`, so that whoever writes meanwhile hardly waits; where an index leads nowhere,
// a walk along the key costs nobody else anything.
namespace fifteen::store {

struct Walked {
  std::int64_t after = 0;
  bool ended = true;
};

// At once, before anybody looks: who she was, the addresses that lead to her, and mail to her that has not left.
// `traits`: what figures still ask for.
void erase_person(Session& sql, CustomerId customer, const std::string& traits);
void erase_waiting_mail(Session& sql, CustomerId customer);

// A ticket of hers that others were merged into is theirs from now on.
struct SharedTicket {
  TicketId id, with;  // the ticket that came into it
  CustomerId other;
};
std::vector<SharedTicket> merged_with_others(Session& sql, CustomerId customer);
void hand_over(Session& sql, const SharedTicket& shared, CustomerId from);

std::vector<TicketId> tickets_of_customer(Session& sql, CustomerId customer, TicketId after, int limit);
void erase_ticket(Session& sql, TicketId ticket, CustomerId customer);
// Takes it out of every list.
void shelve_erased(Session& sql, TicketId ticket);

// Her words, and ours that answer them, wherever they stand; of a ticket of somebody else it is told in `touched`.
Walked erase_messages(Session& sql, CustomerId customer, std::int64_t after, std::vector<TicketId>& touched);
// Of bytes to delete those stay that others need: first what is a raw mail of somebody's, then the rest.
Walked spare_raw_mails(Session& sql, CustomerId customer, std::int64_t after);
Walked spare_ignored_mails(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_blobs(Session& sql, CustomerId customer, std::int64_t walked_up_to);

// Answers kept for retries may quote anybody: what was done is kept from being done twice, its words are gone.
Walked forget_remembered_words(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_events(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_incoming(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_queued_mail(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_notifications(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_participants(Session& sql, CustomerId customer, std::int64_t after);
Walked erase_deliveries(Session& sql, CustomerId customer, std::int64_t after);
// Which articles they taught is told in `taught`.
Walked erase_lessons(Session& sql, CustomerId customer, std::int64_t after, std::vector<ArticleId>& taught);
// Votes stay counted. Which ideas changed.
std::vector<IdeaId> erase_voter(Session& sql, CustomerId customer);
// What is found by an index alone: events of other programs, surveys, brakes, ids of imports.
void erase_rest(Session& sql, CustomerId customer);

}  // namespace fifteen::store
