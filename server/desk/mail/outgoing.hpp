#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/hours/mailbox_hours.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/mail/suggestion_mail.hpp"
#include "server/desk/portal/brands.hpp"
#include "server/store/automatic_mail.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {

// Puts a reply or an agent's first mail on its way: gives the message its final Message-ID and adds the whole mail to
// store/mail_queue.hpp, to leave at `not_before`. The message's to and cc are its recipients. It carries the link by
// which the customer follows the ticket, and an answer asks what she makes of it, all below `site`
// ("https://help.example.org"; empty: it carries none) or the address of the mailbox's brand.
void send(store::Session& sql, const store::Ticket& ticket, store::Message& message, std::string_view site,
          Instant not_before, Instant now);

// Whose first message is acknowledged.
struct Receipt {
  std::string address;
  std::string name;                            // of a mail's sender; a form's is anybody's word and never goes out
  std::string answers;                         // the mail's Message-ID
  std::string locale;                          // of the form's page, if known
  std::string text;                            // tells the language where no locale does
  std::string question;                        // as suggestions were looked for, and
  const search::Suggestions* found = nullptr;  // what was found; none: nobody looked
};

// Acknowledges tickets. For one job: what its acknowledgements share is read once.
class Acknowledger {
 public:
  // `key` is signing_key(), and outlives this; `addresses` are those that will probably be written to.
  Acknowledger(store::Session& sql, const Key& key, const std::vector<std::string>& addresses)
      : sql_(sql), key_(key), sent_(sql, addresses), suggestions_(sql, key), hours_(sql) {}

  // A ticket's first message, in its language, unless something speaks against it: the mailbox doesn't want it, the
  // address can't be answered, or had its share of automatic mail (1 an hour, 5 a day) or of mail by forms
  // (form_mail.hpp). Says whether it did.
  bool acknowledge(const store::Mailbox& mailbox, const store::Ticket& ticket, const Receipt& receipt, Instant now);

 private:
  struct Sender {
    Brand brand;
    std::string home;  // where the links of its mails lead
  };
  std::string promise(std::string_view language, MailboxId mailbox, Instant now);
  const Sender& sender_of(MailboxId mailbox);

  store::Session& sql_;
  const Key& key_;
  store::AutomaticMail sent_;
  SuggestionMail suggestions_;
  std::optional<std::optional<Microseconds>> usual_;  // noted_usual_answer_time(), once asked for
  MailboxHours hours_;
  std::map<MailboxId, Sender> senders_;
};

}  // namespace fifteen::desk
