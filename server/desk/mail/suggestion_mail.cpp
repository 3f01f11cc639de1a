#include "server/desk/mail/suggestion_mail.hpp"

#include <span>

#include "search/text.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/suggestions/suggestion_threshold.hpp"
#include "server/store/suggestion_choices.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t question_bytes = 600;
constexpr std::size_t most_suggested = 3;
constexpr int most_found = 10;  // some may be ideas, or no longer public

// "in Italian", where that is not the language of the mail.
std::string strange_language(std::string_view locale, std::string_view language) {
  const std::string_view primary = locale.substr(0, locale.find('-'));
  if (primary.empty() || primary == language.substr(0, language.find('-'))) return {};
  for (const std::string_view known : {"en", "it", "ru", "uk", "zh"})
    if (primary == known) return mail_text(language, "portal.in_" + std::string(known));
  return std::string(locale);
}

// A suggestion on its lines, and as a paragraph with its mark: plain, since it is a mail of ours among a person's.
void append(SuggestionMail::Part& part, const Suggested& suggested, std::string_view language, const std::string& site,
            const std::string& solved_url) {
  const std::string url = site + suggested.url;
  const std::string strange = strange_language(suggested.locale, language);
  const std::string title = suggested.title + (strange.empty() ? "" : " (" + strange + ")");
  const std::string solved = mail_text(language, "mail.solved");
  part.told += title + "\n" + url + "\n\n";
  part.text += title + "\n" + url + "\n" + solved + ": " + solved_url + "\n\n";
  part.html += "<p style=\"margin:0 0 14px;padding:1px 0 1px 14px;border-left:3px solid #cfcbc2\"><a href=\"" +
               as_html(url) + "\" style=\"font-weight:bold\">" + as_html(suggested.title) + "</a>" +
               (strange.empty() ? "" : " <span style=\"font-size:85%\">" + as_html(strange) + "</span>") +
               "<br>\n<a href=\"" + as_html(solved_url) + "\" style=\"font-size:85%\">" + as_html(solved) +
               "</a></p>\n";
}

}  // namespace

bool may_be_acknowledged(const mail::Message& message, std::string_view sender) {
  return message.automatic == mail::Automatic::no && !message.no_automatic_answer && !sender.empty() &&
         message.in_reply_to.empty() && message.references.empty();
}

std::string question_of(const mail::Message& message) {
  return message.subject + "\n" + std::string(search::cut(message.visible_text, question_bytes));
}

std::optional<search::Suggestions> found_for(const search::Suggester& suggester, const std::string& question) {
  auto found = suggester.suggest({.text = question, .locale = "", .limit = most_found, .threshold = 0, .all = true});
  if (!found) return {};
  return std::move(*found);
}

SuggestionMail::Part SuggestionMail::part_for(const AskedByMail& asked, Instant now) {
  if (asked.site.empty()) return {};
  if (!quiet_) quiet_ = store::quiet_mailboxes(sql_);
  if (quiet_->contains(asked.mailbox.id)) return {};

  const std::string visitor = visitor_of_address(key_, asked.address);
  if (!control_share_) control_share_ = control_share(sql_);
  const bool is_withheld = is_in_control_group(key_, visitor, *control_share_);
  const std::vector<Suggested> list = shown(asked);
  note_first_list(sql_,
                  {.visitor = visitor,
                   .session = session_of_ticket(asked.ticket.id),
                   .channel = Channel::email,
                   .locale = asked.language,
                   .query = asked.question,
                   .list = list,
                   .withheld = is_withheld,
                   .ticket = asked.ticket.id},
                  now);
  if (is_withheld || list.empty()) return {};

  Part part;
  for (const Suggested& suggested : list)
    append(part, suggested, asked.language, asked.site,
           asked.site + "/solved/" + sign_solved(key_, {asked.ticket.id, ArticleId(suggested.id)}));
  const std::string lead = mail_text(asked.language, "mail.answers");
  const std::string otherwise = mail_text(asked.language, "mail.answers_else");
  part.told = "\n" + lead + "\n\n" + part.told;
  part.text = "\n" + lead + "\n\n" + part.text + otherwise + "\n";
  part.html = "<p>" + as_html(lead) + "</p>\n" + part.html + "<p>" + as_html(otherwise) + "</p>\n";
  return part;
}

// Articles alone: an idea solves nothing today.
std::vector<Suggested> SuggestionMail::shown(const AskedByMail& asked) {
  if (!threshold_) threshold_ = threshold_in_force(sql_);
  std::vector<Suggested> list;
  if (asked.found.confidence < *threshold_) return list;
  const std::size_t worth = asked.found.list.size() - asked.found.far_behind;
  for (const search::Suggestion& suggestion : std::span(asked.found.list).first(worth)) {
    if (list.size() == most_suggested) break;
    if (suggestion.kind != search::Kind::article) continue;
    if (const auto& found = article(ArticleId(suggestion.id)))
      list.push_back({.kind = suggestion.kind,
                      .id = suggestion.id,
                      .title = found->title,
                      .url = article_url(found->slug),
                      .locale = found->locale,
                      .score = suggestion.score});
  }
  return list;
}

const std::optional<store::Article>& SuggestionMail::article(ArticleId id) {
  const auto [place, is_new] = articles_.try_emplace(id);
  if (is_new)
    if (auto found = find_articles(sql_, {id}, false); !found.empty()) place->second = std::move(found.front());
  return place->second;
}

}  // namespace fifteen::desk
