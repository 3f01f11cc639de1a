#include <algorithm>
#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/desk/ideas/idea_board.hpp"
#include "server/desk/ideas/voter_links.hpp"
#include "server/http/auth.hpp"
#include "server/http/ideas.hpp"
#include "server/http/limits.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

// The pages behind the links that voters are mailed. Opening them changes nothing, because mail scanners open every
// link (and some ask for it by HEAD first): only the press on a button counts. The token is the proof.
namespace fifteen::http::routes {
namespace {

constexpr int most_others = 10;

struct Press {
  std::string what;
  std::vector<std::int64_t> wishes;
  IdeaId idea;
};

Press read_press(const Request& request) {
  Press press;
  for (const auto& [name, value] : form_fields(request.body)) {
    if (name == "do") press.what = value;
    // A mail program's one click (RFC 8058).
    if (name == "List-Unsubscribe") press.what = "idea";
    if (name == "wish")
      if (const auto id = parse_id<std::int64_t>(value); id && press.wishes.size() < desk::most_wishes)
        press.wishes.push_back(*id);
    if (name == "idea") press.idea = parse_id<IdeaId>(value).value_or(IdeaId());
  }
  return press;
}

std::string voter_url(const Call& call) {
  return in_same_language(call, "/help/ideas/confirm/" + percent_encoded(call.parameter()));
}

Reply dead_link(const Call& call, error_code why) {
  if (why == errc::expired) return secret_problem(call, why, "portal.ideas_old_title", "portal.ideas_old");
  if (why == errc::too_many) return secret_problem(call, why, "portal.error_busy_title", "portal.ideas_many");
  return secret_problem(call, errc::not_found, "portal.ideas_wrong_title", "portal.ideas_wrong");
}

std::vector<store::Idea> other_ideas(store::Session& sql, const Call& call, const desk::VoterPage& voter) {
  const std::string query = call.request.query("q").value_or("").substr(0, 800);
  std::vector<store::Idea> others;
  if (!query.empty())
    others = found_ideas(sql, call, query, std::string(language_of(call)), most_others);
  else
    for (auto& listed : store::list_ideas(sql, {}, 100)) others.push_back(std::move(listed.idea));
  std::erase_if(others, [&](const store::Idea& idea) {
    return idea.state == IdeaState::done ||
           std::ranges::find(voter.voted, idea.id, &store::Idea::id) != voter.voted.end();
  });
  if (others.size() > most_others) others.resize(most_others);
  return others;
}

void fill_wishes(Pages::Page& page, const desk::VoterPage& voter) {
  if (voter.wishes.empty()) return;
  auto& waiting = page.section("WAITING");
  for (const store::Wish& wish : voter.wishes) {
    auto& shown = *waiting.AddSectionDictionary("WISH");
    shown.SetIntValue("ID", wish.id);
    if (!wish.idea) shown.ShowSection("NEW");
    const auto idea = std::ranges::find(voter.wanted, wish.idea, &store::Idea::id);
    shown.SetValue("TITLE", idea == voter.wanted.end() ? wish.title : idea->title);
  }
}

void fill_ideas(Pages::Page& page, const Call& call, const char* section, const std::vector<store::Idea>& ideas) {
  auto& shown = page.section(section);
  if (ideas.empty()) return;
  auto& list = *shown.AddSectionDictionary("LIST");
  for (const store::Idea& idea : ideas) fill_idea(*list.AddSectionDictionary("IDEA"), call, idea);
}

const char* heading_of(const desk::VoterPage& voter) {
  if (!voter.wishes.empty()) return "portal.ideas_confirm_title";
  return voter.voted.empty() ? "portal.ideas_none_title" : "portal.ideas_counted_title";
}

std::string voter_html(store::Session& sql, const Call& call, const desk::VoterPage& voter) {
  const char* const heading = heading_of(voter);
  auto page = public_idea_page(call, "voter.tpl", heading);
  page->set("ACTION", voter_url(call));
  page->set("HEADING", call.setup.pages->text(language_of(call), heading));
  page->set("ADDRESS", voter.voter.address);
  page->set("QUERY", call.request.query("q").value_or("").substr(0, 800));
  fill_wishes(*page, voter);
  if (!voter.voted.empty()) fill_ideas(*page, call, "VOTED", voter.voted);
  if (!voter.voter.confirmed_at) return page->render();
  fill_ideas(*page, call, "OTHERS", other_ideas(sql, call, voter));
  auto& mails = page->section("MAILS");
  mails.SetValue("DO", voter.voter.mails ? "mute" : "unmute");
  mails.SetValue("TEXT", call.setup.pages->text(language_of(call), voter.voter.mails ? "portal.ideas_mails_all"
                                                                                     : "portal.ideas_mails_again"));
  return page->render();
}

std::string mails_html(const Call& call, const desk::IdeaMail& mail, const char* said) {
  auto page = public_idea_page(call, "idea_mails.tpl", "portal.ideas_mails_title");
  page->set("ACTION", in_same_language(call, "/help/ideas/mails/" + percent_encoded(call.parameter())));
  page->set("IDEA_TITLE", mail.idea.title);
  page->set("LOCALE", mail.idea.locale);
  page->set("URL", in_same_language(call, desk::idea_url(mail.idea.id)));
  if (said) page->section("SAID").SetValue("TEXT", call.setup.pages->text(language_of(call), said));
  if (mail.is_told) page->section("TOLD");
  if (mail.voter.mails) page->section("ANY");
  if (mail.is_voted) page->section("VOTED");
  return page->render();
}

bool is_too_fast(const Call& call) {
  return !admits(call.setup.rating_pages, call);
}

}  // namespace

Reply voter_page(store::Session& sql, const Call& call) {
  if (is_too_fast(call)) return retry_after(dead_link(call, errc::too_many), 60);
  const auto voter = desk::open_voter_link(sql, call.parameter(), call.now);
  return voter ? secret_page(voter_html(sql, call, *voter)) : dead_link(call, voter.error());
}

Reply press_as_voter(store::Session& sql, const Call& call) {
  const Press press = read_press(call.request);
  const std::string& token = call.parameter();
  result<void> done;
  if (press.what == "confirm") {
    if (const auto counted = desk::confirm_wishes(sql, token, press.wishes, call.now); !counted) done = counted.error();
  } else if (press.what == "vote") {
    done = desk::vote_by_link(sql, token, press.idea, call.now);
  } else if (press.what == "unvote") {
    done = desk::unvote_by_link(sql, token, press.idea, call.now);
  } else if (press.what == "mute" || press.what == "unmute") {
    done = desk::mute_by_link(sql, token, press.what == "mute", call.now);
  } else {
    return dead_link(call, errc::not_found);
  }
  // What is as wished, and an idea that needs no vote any more, are seen on the page.
  const bool is_fine = done || done.error() == errc::already_done || done.error() == errc::conflict;
  if (!is_fine) return dead_link(call, done.error());
  Reply reply = see_other(voter_url(call));
  reply.guard = Guard::secret_page;
  return reply;
}

Reply idea_mails_page(store::Session& sql, const Call& call) {
  if (is_too_fast(call)) return retry_after(dead_link(call, errc::too_many), 60);
  const auto mail = desk::open_idea_mail(sql, call.parameter());
  return mail ? secret_page(mails_html(call, *mail, nullptr)) : dead_link(call, mail.error());
}

// Answers with a page and not with a redirect, as mail programs want it (RFC 8058, 3.1).
Reply leave_idea_mails(store::Session& sql, const Call& call) {
  const std::string what = read_press(call.request).what;
  const auto leave = what == "idea"   ? std::optional(desk::Leave::idea_mails)
                     : what == "all"  ? std::optional(desk::Leave::all_mails)
                     : what == "vote" ? std::optional(desk::Leave::vote)
                                      : std::nullopt;
  const auto left = leave ? desk::leave_by_mail(sql, call.parameter(), *leave) : errc::not_found;
  if (!left) return dead_link(call, left.error());
  const auto mail = desk::open_idea_mail(sql, call.parameter());
  if (!mail) return dead_link(call, mail.error());
  return secret_page(
      mails_html(call, *mail, *leave == desk::Leave::vote ? "portal.ideas_left_vote" : "portal.ideas_left_mails"));
}

}  // namespace fifteen::http::routes
