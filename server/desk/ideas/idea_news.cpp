#include "server/desk/ideas/idea_news.hpp"

#include <algorithm>
#include <map>

#include "mail/html_clean.hpp"
#include "server/base/random.hpp"
#include "server/desk/ideas/ideas.hpp"
#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/brands.hpp"
#include "server/desk/portal/site.hpp"
#include "server/store/idea_merges.hpp"
#include "server/store/idea_votes.hpp"
#include "server/store/ideas.hpp"
#include "server/store/mail_queue.hpp"

namespace fifteen::desk {
namespace {

constexpr std::string_view kind = "idea";

struct Sender {
  mail::Address address;
  std::string site;
};
// All brands, once a batch; none where there is no mailbox.
std::map<BrandId, Sender> senders(store::Session& sql, const std::string& site) {
  std::map<BrandId, Sender> found;
  for (const Brand& brand : store::brands(sql))
    if (auto address = sender_of(sql, brand)) found[brand.id] = {std::move(*address), site_of(brand, site)};
  return found;
}

// What all mails about one change share.
class Letter {
 public:
  Letter(const Key& key, const store::Idea& idea, const store::IdeaChange& change)
      : key_(key), idea_(idea), change_(change) {}

  // Of the brand by whose pages she came.
  store::QueuedMail to(const store::Voter& voter, const Sender& from, Instant now) const {
    const std::string language = mail_language(voter.locale, idea_.title);
    const auto say = [&](const std::string& what) { return mail_text(language, "mail.idea_" + what); };
    const bool moved = change_.was != change_.state;
    const std::string leave = from.site + "/help/ideas/mails/" + sign_idea_mail(key_, voter.id, idea_.id);
    const std::string page = from.site + idea_url(idea_.id);

    store::QueuedMail mail;
    mail.kind = kind;
    mail.recipients = {voter.address};
    mail.from = from.address;
    mail.to = {{"", voter.address}};
    const std::string news = moved ? say("now_" + std::string(name(change_.state))) : say("news");
    mail.subject = news + ": " + idea_.title;
    mail.rfc_message_id = random_token() + ".idea@" + domain_of(from.address.address);
    const auto add = [&](const std::string& markdown) {
      mail.text += markdown + "\n\n";
      mail.html += render_markdown(markdown);
    };
    const auto add_link = [&](const std::string& words, const std::string& url) {
      mail.text += words + "\n" + url + "\n\n";
      mail.html += "<p><a href=\"" + mail::escape_html(url) + "\">" + mail::escape_html(words) + "</a></p>\n";
    };
    mail.text += idea_.title + "\n" + news + "\n\n";
    mail.html += "<p><strong>" + mail::escape_html(idea_.title) + "</strong><br>" + mail::escape_html(news) + "</p>\n";
    if (!change_.reason.empty()) add(change_.reason);
    if (change_.answer != change_.was_answer && !change_.answer.empty()) add(change_.answer);
    add_link(say("open"), page);
    add_link(say("why"), leave);
    mail.automatic = true;
    mail.unsubscribe = leave;
    mail.not_before = now;
    return mail;
  }

 private:
  const Key& key_;
  const store::Idea& idea_;
  const store::IdeaChange& change_;
};

// While votes are on their way nobody is told: who has not come yet would be left out.
std::optional<store::IdeaChange> due_change(store::Session& sql, Instant now) {
  if (store::next_vote_shift(sql)) return {};
  return store::due_idea_change(sql, now);
}

// What was merged has no news of its own; but who began to tell a change tells it to all.
bool has_readers(const store::Idea& idea, const store::IdeaChange& change) {
  return idea.shelf == store::IdeaShelf::shown || (idea.shelf == store::IdeaShelf::merged && change.after_voter);
}

bool wants_news(const store::ListedVote& listed) {
  return listed.vote.tells && listed.voter.mails;
}

}  // namespace

bool has_idea_news(store::Session& sql, Instant now) {
  return due_change(sql, now) && !store::untried_mail_waits(sql, kind, now);
}

ToldVoters tell_next_voters(store::Session& sql, int limit, Instant now) {
  const auto change = due_change(sql, now);
  const auto from = change ? senders(sql, change->site) : std::map<BrandId, Sender>();
  if (from.empty()) return {};
  const auto idea = store::find_idea(sql, change->idea);
  std::vector<store::ListedVote> next;
  if (idea && has_readers(*idea, *change)) next = store::votes_of_idea(sql, idea->id, change->after_voter, limit);
  const bool is_last = static_cast<int>(next.size()) < limit;
  const std::int64_t mails = std::ranges::count_if(next, wants_news);
  const VoterId up_to = next.empty() ? change->after_voter : next.back().voter.id;
  // First, and by its old place: of two nodes one goes on, the other finds nothing to do.
  if (!store::advance_idea_change(sql, *change, up_to, mails, is_last, now)) return {};
  const Key key = signing_key(sql);
  for (const store::ListedVote& listed : next)
    if (wants_news(listed)) {
      const auto known = from.find(listed.voter.brand);
      const Sender& sender = known == from.end() ? from.at(default_brand) : known->second;
      store::enqueue_mail(sql, Letter(key, *idea, *change).to(listed.voter, sender, now), now);
    }
  return {static_cast<int>(next.size()), static_cast<int>(mails)};
}

}  // namespace fifteen::desk
