#include "server/desk/tickets/threading.hpp"

#include <algorithm>

#include "server/desk/tickets/joining.hpp"
#include "server/store/customers.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

// A stranger's mail may name many; the nearest ones say where it belongs.
constexpr std::size_t most_references = 20;

struct Proof {
  TicketId ticket;
  std::string what;
};

// The ids that the mail answers, the nearest first.
std::vector<std::string> answered_ids(const mail::Message& message) {
  std::vector<std::string> ids(message.in_reply_to.begin(), message.in_reply_to.end());
  ids.insert(ids.end(), message.references.rbegin(), message.references.rend());
  std::vector<std::string> once;
  for (std::string& id : ids)
    if (once.size() < most_references && std::ranges::find(once, id) == once.end()) once.push_back(std::move(id));
  return once;
}

TicketId ticket_of(store::Session& sql, MessageId message) {
  const auto found = store::find_message(sql, message);
  return found ? found->ticket : TicketId();
}

// Where a mail of which we know the id stands now: a merge or split may have moved it.
std::optional<Proof> proof_of_id(store::Session& sql, const Key& key, const std::string& id) {
  if (const auto ours = verify_message_id(key, id))
    if (const TicketId ticket = ticket_of(sql, ours->message)) return Proof{ticket, "It answers a mail of ours"};
  if (const auto known = store::find_by_rfc_id(sql, id)) return Proof{known->ticket, "It answers a mail in the ticket"};
  return {};
}

// A report names the mail that came back by its own id, or arrives at the address made for it.
MessageId reported_mail(const Key& key, const mail::Message& message, const std::vector<TaggedAddress>& recipients) {
  for (const TaggedAddress& recipient : recipients)
    if (recipient.reports_on) return recipient.reports_on;
  if (!message.report) return {};
  const auto ours = verify_message_id(key, message.report->original_message_id);
  return ours ? ours->message : MessageId();
}

}  // namespace

Threading thread_mail(store::Session& sql, const Key& key, const mail::Message& message,
                      const std::vector<TaggedAddress>& recipients) {
  if (message.automatic == mail::Automatic::bounce) {
    const MessageId reported = reported_mail(key, message, recipients);
    if (const TicketId ticket = reported ? ticket_of(sql, reported) : TicketId())
      return {.ticket = current_ticket(sql, ticket),
              .may_belong_to = {},
              .reports_on = reported,
              .why = "A report on the delivery of a mail of ours"};
  }

  std::vector<Proof> proofs;
  for (const TaggedAddress& recipient : recipients)
    if (recipient.replies_to) proofs.push_back({recipient.replies_to, "It came to the ticket's own address"});
  for (const std::string& id : answered_ids(message))
    if (auto proof = proof_of_id(sql, key, id)) proofs.push_back(std::move(*proof));

  Threading stranger;
  for (const Proof& proof : proofs) {
    const TicketId ticket = current_ticket(sql, proof.ticket);
    if (!ticket || !store::find_ticket(sql, ticket)) continue;
    if (message.from && store::takes_part(sql, ticket, message.from->address))
      return {.ticket = ticket,
              .may_belong_to = {},
              .reports_on = {},
              .why = proof.what + ", and " + message.from->address + " takes part"};
    if (!stranger.may_belong_to) stranger.may_belong_to = ticket;
  }
  stranger.why =
      stranger.may_belong_to ? "It points to another ticket, in which its sender takes no part" : "A new mail";
  return stranger;
}

}  // namespace fifteen::desk
