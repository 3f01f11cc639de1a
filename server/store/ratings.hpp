#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// What a customer made of an answer. A message has one at most, the last that was given.
struct Rating {
  std::int64_t id = 0;
  TicketId ticket;    // for which it was given
  MessageId message;  // 0: of a ticket that nobody had answered (an import)
  Instant at{};
  Score score = Score::good;
  std::string comment;
};

// Keeps it in place of the one that its message had before.
void keep_rating(Session& sql, const Rating& rating);
std::optional<Rating> rating_of(Session& sql, MessageId message);
// Of all messages that are in the ticket now.
std::vector<Rating> ratings_of(Session& sql, TicketId ticket);

// The ticket's latest public answer by `at`; not one taken back, nor one that had bounced by then. 0: none.
MessageId latest_answer(Session& sql, TicketId ticket, Instant at);

// A rating with what a list shows beside it.
struct ListedRating {
  Rating rating;
  TicketId ticket;  // in which its message stands now
  std::string subject;
  AgentId agent;  // whose answer it is
  std::string agent_name;
  CustomerId customer;
  std::string customer_name, customer_email;
};
struct RatingPlace {
  Instant at = from_us(INT64_MAX);
  std::int64_t id = 0;
};
struct RatingList {
  AgentId agent;  // 0: everybody's
  std::optional<Score> score;
  Instant from = from_us(INT64_MIN);
  RatingPlace before;  // "to", or a cursor
};
// The latest first, before (at, id).
std::vector<ListedRating> list_ratings(Session& sql, const RatingList& list, int limit);

// Whether a mailbox's answers ask for a rating; they do unless told otherwise.
bool asks_rating(Session& sql, MailboxId mailbox);
std::set<MailboxId> unrated_mailboxes(Session& sql);
void set_asks_rating(Session& sql, MailboxId mailbox, bool asks);

}  // namespace fifteen::store
