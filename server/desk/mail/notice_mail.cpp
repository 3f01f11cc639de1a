// What of a Notifier's news goes out by mail.
#include <algorithm>
#include <map>
#include <string>

#include "mail/html_clean.hpp"
#include "server/base/random.hpp"
#include "server/desk/mail/account_mail.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/rate_limits.hpp"

namespace fifteen::desk {
namespace {

// A bad hour fills the bell, never the mailbox.
constexpr store::RateLimit most_mails{.tries = 10, .window = std::chrono::minutes(60)};
constexpr std::size_t most_lines = 50;

std::string anchor(const std::string& url, const std::string& text) {
  const std::string shown = mail::escape_html(text);
  return url.empty() ? shown : "<a href=\"" + mail::escape_html(url) + "\">" + shown + "</a>";
}

}  // namespace

// To nobody's but the agent's own address, and with the null path: nothing answers it, nothing reports on it (RFC
// 3834).
void Notifier::mail(const store::Listener& person, const std::vector<Line>& lines) {
  const auto from = desk_sender(sql_);
  if (!from || !store::count_try(sql_, "notice:" + std::to_string(person.id.value), most_mails, now_)) return;
  const std::string& language = person.choices.language;
  const std::string base = public_url(sql_);

  const auto what_happened = [&](const Line& line) {
    return mail_text(language, "mail.notice_" + std::string(name(line.what)), {{"by", line.by}});
  };
  const auto title = [](const Line& line) { return "#" + std::to_string(line.ticket.value) + " " + line.subject; };

  store::QueuedMail letter;
  letter.kind = "notice";
  letter.recipients = {person.email};
  letter.from = *from;
  letter.to = {{person.name, person.email}};
  letter.subject = lines.size() == 1 ? what_happened(lines[0]) + ": " + title(lines[0])
                                     : mail_text(language, "mail.notice_many", {{"n", std::to_string(lines.size())}});
  letter.rfc_message_id = random_token() + ".notice@" + domain_of(from->address);
  for (const Line& line : std::span(lines).first(std::min(lines.size(), most_lines))) {
    const std::string url = base.empty() ? "" : base + "/t/" + std::to_string(line.ticket.value);
    letter.text += title(line) + "\n" + what_happened(line) + "\n" + (url.empty() ? "" : url + "\n") + "\n";
    letter.html += "<p>" + anchor(url, title(line)) + "<br>" + mail::escape_html(what_happened(line)) + "</p>\n";
  }
  const std::string why = mail_text(language, "mail.notice_why");
  const std::string choices = base.empty() ? "" : base + "/settings/notifications";
  letter.text += why + "\n" + (choices.empty() ? "" : choices + "\n");
  letter.html += "<p>" + anchor(choices, why) + "</p>\n";
  letter.automatic = true;
  letter.not_before = now_;
  store::enqueue_mail(sql_, letter, now_);
}

}  // namespace fifteen::desk
