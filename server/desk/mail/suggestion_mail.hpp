#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "mail/message.hpp"
#include "search/suggest.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/suggestions/suggestions.hpp"
#include "server/store/articles.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/tickets.hpp"

// Articles in the acknowledgement of a new question. What its words find is looked for while mails are read, before
// their records are written; what of it may be shown, and to whom, the records say.
namespace fifteen::desk {

// Whether a mail may be one that opens a ticket and is acknowledged: others are not worth the search. `sender`: of the
// envelope.
bool may_be_acknowledged(const mail::Message& message, std::string_view sender);
// What a mail asks, for search: its subject and its first 600 bytes, which a search pays for.
std::string question_of(const mail::Message& message);
// What its words find, whatever the confidence. None: the index is away.
std::optional<search::Suggestions> found_for(const search::Suggester& suggester, const std::string& question);

// Who asked what, and what its words found.
struct AskedByMail {
  const store::Mailbox& mailbox;
  const store::Ticket& ticket;
  std::string address;   // that the acknowledgement goes to
  std::string language;  // of the acknowledgement
  std::string site;      // where links lead, "https://help.example.org"; empty: nothing is suggested
  std::string question;
  const search::Suggestions& found;
};

// The suggestions of the acknowledgements of one job: what they share is read once.
class SuggestionMail {
 public:
  SuggestionMail(store::Session& sql, const Key& key) : sql_(sql), key_(key) {}

  // What an acknowledgement says beyond thanks. Empty: nothing found is good enough, the mailbox wants none, or the
  // address belongs to the control group.
  struct Part {
    std::string text, html;  // of the mail, with the links that close the question
    std::string told;        // to agents, without these
  };
  // Also keeps what was found, for the figures of deflection.
  Part part_for(const AskedByMail& asked, Instant now);

 private:
  std::vector<Suggested> shown(const AskedByMail& asked);
  const std::optional<store::Article>& article(ArticleId id);

  store::Session& sql_;
  const Key& key_;
  std::map<ArticleId, std::optional<store::Article>> articles_;
  std::optional<std::set<MailboxId>> quiet_;  // mailboxes that suggest nothing
  std::optional<double> threshold_, control_share_;
};

}  // namespace fifteen::desk
