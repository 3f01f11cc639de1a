#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/base/random.hpp"

namespace fifteen::store {
class Session;
}

// The proofs that our mail carries: a mail that brings one back has seen ours. 128 bits of HMAC each, bound to what
// they stand for and to their purpose, compared in constant time.
namespace fifteen::desk {

// The desk's key; made when the first mail is signed, kept in `settings`.
Key signing_key(store::Session& sql);
// The same for a job that only reads; none: nothing has been signed yet.
std::optional<Key> known_signing_key(store::Session& sql);

// The final Message-ID of one of our mails, without <>: t7.m12.<token>@example.com
std::string sign_message_id(const Key& key, TicketId ticket, MessageId message, std::string_view domain);
// The Reply-To of a ticket's mails: help+t7.<token>@example.com
std::string sign_reply_address(const Key& key, TicketId ticket, std::string_view mailbox_address);
// The envelope sender of one of our mails, where reports on its delivery go: help+b12.<token>@example.com
std::string sign_bounce_address(const Key& key, MessageId message, std::string_view mailbox_address);

struct SignedMessageId {
  TicketId ticket;  // in which it was sent; a split may have moved the message since
  MessageId message;
};
std::optional<SignedMessageId> verify_message_id(const Key& key, std::string_view rfc_message_id);

// What an address says beyond the mailbox: help+t7.<token>@example.com
struct TaggedAddress {
  std::string mailbox;   // help@example.com, in lower case
  std::string tag;       // what stands behind the '+', in lower case; empty: none
  TicketId replies_to;   // a valid reply address
  MessageId reports_on;  // a valid bounce address
};
TaggedAddress read_address(const Key& key, std::string_view address);

// What the links carry by which a customer rates an answer: m12.<token>, as old as the answer, or, given out later,
// m12.d20600.<token> with its own day (since 1970, UTC).
std::string sign_rating(const Key& key, MessageId message, std::optional<Instant> given_at = {});
struct RatingLink {
  MessageId message;
  std::optional<Instant> given_at;
};
std::optional<RatingLink> verify_rating(const Key& key, std::string_view token);

// What the links carry by which a customer says that a suggested article solved her question: t7.a12.<token>
struct SuggestedTo {
  TicketId ticket;
  ArticleId article;
};
std::string sign_solved(const Key& key, const SuggestedTo& suggested);
std::optional<SuggestedTo> verify_solved(const Key& key, std::string_view token);

// What a link to a ticket's own page carries: t7.d20600.<token>. The address that it was given to is part of the proof
// and not of the link; the day (since 1970, UTC) tells its age.
std::string sign_ticket_link(const Key& key, TicketId ticket, std::string_view address, Instant now);
struct TicketLink {
  TicketId ticket;
  std::int64_t day = 0;
  std::string proof;
};
// As it stands there, proven by nothing yet.
std::optional<TicketLink> read_ticket_link(std::string_view token);
bool was_given_to(const Key& key, const TicketLink& link, std::string_view address);

// What a voter's link carries: v7.d20600.<token>. The address that it was mailed to is part of the proof and not of the
// link; the day (since 1970, UTC) tells its age.
std::string sign_voter_link(const Key& key, VoterId voter, std::string_view address, Instant now);
struct VoterLink {
  VoterId voter;
  std::int64_t day = 0;
  std::string proof;
};
// As it stands there, proven by nothing yet.
std::optional<VoterLink> read_voter_link(std::string_view token);
bool was_given_to(const Key& key, const VoterLink& link, std::string_view address);

// What the links of a mail about an idea carry: v7.i3.<token>. Without an end: unsubscribing always works.
std::string sign_idea_mail(const Key& key, VoterId voter, IdeaId idea);
struct IdeaMailLink {
  VoterId voter;
  IdeaId idea;
};
std::optional<IdeaMailLink> verify_idea_mail(const Key& key, std::string_view token);

std::string domain_of(std::string_view address);

}  // namespace fifteen::desk
