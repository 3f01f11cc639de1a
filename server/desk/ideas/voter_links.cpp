#include "server/desk/ideas/voter_links.hpp"

#include <algorithm>

#include "server/base/random.hpp"
#include "server/desk/ideas/mail_domain.hpp"
#include "server/desk/mail/form_mail.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/store/customers.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/rate_limits.hpp"

namespace fifteen::desk {
namespace {

// Whoever has a domain of her own has all its addresses: they become voters slowly. Providers' domains are many people.
constexpr store::RateLimit voters_of_a_domain{.tries = 20, .window = std::chrono::minutes(24 * 60)};
constexpr store::RateLimit ideas_of_a_voter{.tries = 5, .window = std::chrono::minutes(24 * 60)};
constexpr int most_voted = 100;

void mail_voter_link(store::Session& sql, store::Voter voter, const VoterWish& wish, const std::string& site,
                     Instant now) {
  const auto from = sender_of(sql, wish.brand);
  if (!from || !may_mail_by_form(sql, voter.key, now)) return;
  // Where "a+b" is somebody else than "a", neither gets the other's mail before she has proven who she is. The link
  // proves one address alone.
  if (!voter.confirmed_at) {
    voter.address = store::address_key(wish.address);
    voter.locale = wish.locale;
    store::save_voter(sql, voter);
  }
  const std::string language = mail_language(voter.locale, "");
  const auto say = [&](const char* what) { return mail_text(language, what, {{"desk", from->name}}); };
  // A form's words never go out to an address that nobody has confirmed: they could be anybody's advertisement.
  const std::string url = site_of(wish.brand, site) + "/help/ideas/confirm/" +
                          sign_voter_link(signing_key(sql), voter.id, voter.address, now);
  store::QueuedMail mail;
  mail.kind = "vote";
  mail.recipients = {voter.address};
  mail.from = *from;
  mail.to = {{"", voter.address}};
  mail.subject = say("mail.vote_subject");
  mail.rfc_message_id = random_token() + ".vote@" + domain_of(from->address);
  mail.text = say("mail.vote_text") + "\n\n" + url + "\n\n" + say("mail.vote_not_you") + "\n";
  mail.automatic = true;
  mail.not_before = now;
  store::enqueue_mail(sql, mail, now);
}

result<store::Voter> voter_of(store::Session& sql, std::string_view token, Instant now) {
  const auto key = known_signing_key(sql);
  const auto link = read_voter_link(token);
  auto voter = key && link ? store::find_voter(sql, link->voter) : std::nullopt;
  if (!voter || !was_given_to(*key, *link, voter->address)) return errc::not_found;
  if (now >= Instant(std::chrono::days(link->day)) + voter_link_lasts) return errc::expired;
  return std::move(*voter);
}

bool may_be_new(store::Session& sql, const store::Voter& voter, Instant now) {
  const std::string domain = owned_domain(domain_of(voter.key));
  return domain.empty() || store::count_try(sql, "voters:" + domain, voters_of_a_domain, now);
}

IdeaId post_of(store::Session& sql, const store::Voter& voter, const store::Wish& wish, Instant now) {
  const IdeaId id = store::add_idea(sql, {.title = wish.title,
                                          .body = wish.body,
                                          .locale = voter.locale,
                                          .author = voter.id,
                                          .created_at = now,
                                          .updated_at = now});
  store::add_event(sql, idea_event(id, ActorKind::customer, 0, now));
  return id;
}

}  // namespace

result<void> wish_for(store::Session& sql, const VoterWish& wish, const std::string& site, Instant now) {
  if (!is_usable_address(wish.address)) return errc::invalid;
  IdeaId idea;
  if (wish.idea) {
    const auto known = idea_to_vote_for(sql, wish.idea);
    if (!known) return known.error();
    idea = *known;
  } else if (!is_fine(wish.text)) {
    return errc::invalid;
  }
  const store::Voter voter = find_or_add_voter(sql, wish.address, wish.locale, now);
  if (voter.brand != wish.brand.id) store::set_brand(sql, voter.id, wish.brand.id);
  store::add_wish(sql, {.voter = voter.id, .idea = idea, .title = wish.text.title, .body = wish.text.body, .at = now},
                  most_wishes);
  mail_voter_link(sql, voter, wish, site, now);
  return {};
}

result<VoterPage> open_voter_link(store::Session& sql, std::string_view token, Instant now) {
  auto voter = voter_of(sql, token, now);
  if (!voter) return voter.error();
  VoterPage page{.voter = std::move(*voter), .wishes = {}, .wanted = {}, .voted = {}};
  std::vector<IdeaId> wanted, voted;
  for (const store::Wish& wish : store::wishes_of(sql, page.voter.id)) {
    const auto idea = wish.idea ? idea_to_vote_for(sql, wish.idea) : result<IdeaId>(IdeaId());
    if (!idea) continue;
    page.wishes.push_back(wish);
    page.wishes.back().idea = *idea;
    if (*idea) wanted.push_back(*idea);
  }
  for (const store::Vote& vote : store::votes_of_voter(sql, page.voter.id, most_voted)) voted.push_back(vote.idea);
  page.wanted = store::find_ideas(sql, wanted);
  page.voted = store::find_ideas(sql, voted);
  std::erase_if(page.voted, [](const store::Idea& idea) { return idea.shelf != store::IdeaShelf::shown; });
  return page;
}

result<IdeaId> confirm_wishes(store::Session& sql, std::string_view token, const std::vector<std::int64_t>& chosen,
                              Instant now) {
  auto voter = voter_of(sql, token, now);
  if (!voter) return voter.error();
  if (!voter->confirmed_at) {
    if (!may_be_new(sql, *voter, now)) return errc::too_many;
    voter->confirmed_at = now;
    store::save_voter(sql, *voter);
  }
  IdeaId first;
  for (const store::Wish& wish : store::wishes_of(sql, voter->id)) {
    if (std::ranges::find(chosen, wish.id) != chosen.end()) {
      if (!wish.idea && !store::count_try(sql, "ideas:" + voter->key, ideas_of_a_voter, now)) return errc::too_many;
      const IdeaId idea = wish.idea ? current_idea(sql, wish.idea) : post_of(sql, *voter, wish, now);
      (void)vote(sql, *voter, idea, now);  // done or hidden meanwhile: there is nothing left to vote for
      if (!first) first = idea;
    }
    store::remove_wish(sql, wish.id);
  }
  return first;
}

result<void> vote_by_link(store::Session& sql, std::string_view token, IdeaId idea, Instant now) {
  const auto voter = voter_of(sql, token, now);
  if (!voter) return voter.error();
  if (!voter->confirmed_at) return errc::forbidden;
  return vote(sql, *voter, idea, now);
}

result<void> unvote_by_link(store::Session& sql, std::string_view token, IdeaId idea, Instant now) {
  const auto voter = voter_of(sql, token, now);
  if (!voter) return voter.error();
  return unvote(sql, *voter, idea);
}

result<void> mute_by_link(store::Session& sql, std::string_view token, bool is_mute, Instant now) {
  auto voter = voter_of(sql, token, now);
  if (!voter) return voter.error();
  voter->mails = !is_mute;
  store::save_voter(sql, *voter);
  return {};
}

result<IdeaMail> open_idea_mail(store::Session& sql, std::string_view token) {
  const auto key = known_signing_key(sql);
  const auto link = key ? verify_idea_mail(*key, token) : std::nullopt;
  auto voter = link ? store::find_voter(sql, link->voter) : std::nullopt;
  auto idea = voter ? store::find_idea(sql, current_idea(sql, link->idea)) : std::nullopt;
  if (!idea) return errc::not_found;
  const auto vote = store::find_vote(sql, idea->id, voter->id);
  IdeaMail mail{.voter = std::move(*voter), .idea = std::move(*idea), .is_voted = vote.has_value()};
  mail.is_told = vote && vote->tells && mail.voter.mails;
  return mail;
}

result<void> leave_by_mail(store::Session& sql, std::string_view token, Leave what) {
  auto mail = open_idea_mail(sql, token);
  if (!mail) return mail.error();
  if (what == Leave::vote) {
    (void)unvote(sql, mail->voter, mail->idea.id);
  } else if (what == Leave::all_mails) {
    mail->voter.mails = false;
    store::save_voter(sql, mail->voter);
  } else if (auto vote = store::find_vote(sql, mail->idea.id, mail->voter.id)) {
    vote->tells = false;
    store::save_vote(sql, *vote);
  }
  return {};
}

}  // namespace fifteen::desk
