#include "server/desk/mail/account_mail.hpp"

#include "server/base/random.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {

std::optional<mail::Address> desk_sender(store::Session& sql) {
  const auto mailboxes = store::mailboxes(sql);
  if (mailboxes.empty()) return {};
  return mail::Address{mailboxes.front().name, mailboxes.front().address};
}

void mail_link(store::Session& sql, const LinkMail& wish, Instant now) {
  const std::string kind(store::name(wish.link.kind));
  const auto say = [&](const char* what) {
    return mail_text(wish.language, "mail." + kind + what, {{"by", wish.by}, {"desk", wish.from.name}});
  };
  store::QueuedMail mail;
  mail.kind = kind;
  mail.recipients = {wish.link.email};
  mail.from = wish.from;
  mail.to = {{wish.link.name, wish.link.email}};
  mail.subject = say("_subject");
  mail.rfc_message_id = random_token() + "." + kind + "@" + domain_of(wish.from.address);
  mail.text = say("_text") + "\n\n" + wish.url + "\n\n" + say("_not_you") + "\n";
  mail.automatic = true;
  mail.not_before = now;
  store::enqueue_mail(sql, mail, now);
}

}  // namespace fifteen::desk
