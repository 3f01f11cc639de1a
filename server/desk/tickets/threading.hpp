#pragma once
#include <string>
#include <vector>

#include "mail/message.hpp"
#include "server/desk/mail/signing.hpp"

namespace fifteen::desk {

// Which ticket a mail belongs to, and the proof. A mail joins only if it brings a proof and its sender takes part; a
// proof in a stranger's hand, and a subject that looks alike, only make a hint.
struct Threading {
  TicketId ticket;         // it joins this one
  TicketId may_belong_to;  // it opens a ticket that says so
  MessageId reports_on;    // a delivery report: on this mail of ours
  std::string why;
};

Threading thread_mail(store::Session& sql, const Key& key, const mail::Message& message,
                      const std::vector<TaggedAddress>& recipients);

}  // namespace fifteen::desk
