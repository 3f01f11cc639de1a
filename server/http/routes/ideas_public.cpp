#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/base/log.hpp"
#include "server/desk/ideas/idea_board.hpp"
#include "server/desk/ideas/voter_links.hpp"
#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/form_trap.hpp"
#include "server/http/ideas.hpp"
#include "server/http/limits.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/rate_limits.hpp"

// Ideas for everybody, complete without JavaScript: look first, then vote, or add one's own. Neither needs more than an
// address, which confirms it by the mailed link (routes_voter.cpp).
namespace fifteen::http::routes {
namespace {

constexpr store::RateLimit wish_limit{.tries = 20, .window = std::chrono::minutes(15)};
constexpr int ideas_a_page = 30, like_ideas = 5;

struct IdeaDraft {
  desk::IdeaText text;
  std::string email;
  std::string looked;  // the title for which like ideas have been shown
  std::string begun;   // form_trap.hpp; empty: now
  bool is_typed = false;
  std::string error, title_error, email_error;  // keys of texts
};

IdeaDraft read_draft(const Call& call) {
  IdeaDraft draft;
  const auto form = read_form(call.request);
  if (form) {
    draft.text = {std::string((*form)["title"]), std::string((*form)["text"]), ""};
    draft.email = (*form)["email"];
    draft.looked = (*form)["looked"];
    draft.begun = (*form)["begun"];
    draft.is_typed = looks_typed(call.setup.form_key, *form, call.now);
  }
  std::erase(draft.text.body, '\r');
  draft.text.locale = language_of(call);
  if (!desk::is_usable_address(draft.email)) draft.email_error = "portal.error_email";
  return draft;
}

// What stands above the form when the wish could not be taken; it lies beside the address when that is wrong.
void explain(IdeaDraft& draft, errc why) {
  if (why == errc::too_many)
    draft.error = "portal.ideas_busy";
  else
    draft.email_error = "portal.error_email";
}

// A program, or somebody very quick, is asked to press once more.
void ask_once_more(const Call& call, IdeaDraft& draft) {
  draft.error = "portal.once_more";
  draft.begun = begun_long_ago(call.setup.form_key, call.now);
}

std::string state_name(const Call& call, IdeaState state) {
  return desk::mail_text(language_of(call), "mail.idea_now_" + std::string(name(state)));
}

std::string first_line(const std::string& text) {
  return text.substr(0, std::min(text.find('\n'), text.size()));
}

void fill_post(Pages::Page& page, const Call& call, const IdeaDraft& draft, const char* button) {
  auto& post = page.section("POST");
  const auto say = [&](const char* section, const std::string& key) {
    if (!key.empty())
      post.AddSectionDictionary(section)->SetValue("MESSAGE", call.setup.pages->text(language_of(call), key));
  };
  say("ERROR", draft.error);
  say("TITLE_ERROR", draft.title_error);
  say("EMAIL_ERROR", draft.email_error);
  page.set("DRAFT_TITLE", draft.text.title);
  page.set("DRAFT_TEXT", draft.text.body);
  page.set("DRAFT_EMAIL", draft.email);
  page.set("LOOKED", draft.looked);
  if (!draft.begun.empty()) page.set("BEGUN", draft.begun);
  page.set("BUTTON", call.setup.pages->text(language_of(call), button));
}

void fill_like(Pages::Page& page, const Call& call, const std::vector<store::Idea>& like) {
  page.section(like.empty() ? "NO_LIKE" : "LIKE");
  if (like.empty()) return;
  auto& list = page.section("IDEAS");
  for (const store::Idea& idea : like) fill_idea(*list.AddSectionDictionary("IDEA"), call, idea);
}

std::string list_url(const Call& call, const std::string& state, const std::string& after) {
  std::string url = "/help/ideas";
  if (!state.empty()) url += "?state=" + state;
  if (!after.empty()) url += (state.empty() ? "?after=" : "&after=") + after;
  return in_same_language(call, url);
}

void fill_tabs(Pages::Page& page, const Call& call, std::optional<IdeaState> here) {
  auto& tabs = page.section("TABS");
  const auto add = [&](const std::string& state, const std::string& name, bool is_here) {
    auto& tab = *tabs.AddSectionDictionary("TAB");
    tab.SetValue("URL", list_url(call, state, ""));
    tab.SetValue("NAME", name);
    if (is_here) tab.ShowSection("HERE");
  };
  add("", call.setup.pages->text(language_of(call), "portal.ideas_every"), !here);
  for (const IdeaState state :
       {IdeaState::open, IdeaState::planned, IdeaState::building, IdeaState::done, IdeaState::not_now})
    add(std::string(name(state)), state_name(call, state), here == state);
}

void fill_list(Pages::Page& page, store::Session& sql, const Call& call) {
  store::IdeaList list;
  const std::string state = call.request.query("state").value_or("");
  list.state = parse<IdeaState>(state);
  if (const auto place = desk::parse_idea_cursor(call.request.query("after").value_or(""))) list.after = *place;
  const auto found = desk::page_of_ideas(sql, list, ideas_a_page);
  fill_tabs(page, call, list.state);
  if (found.ideas.empty()) page.section("EMPTY");
  if (!found.ideas.empty())
    for (auto& shown = page.section("IDEAS"); const auto& listed : found.ideas)
      fill_idea(*shown.AddSectionDictionary("IDEA"), call, listed.idea);
  if (found.next)
    page.section("MORE").SetValue("URL", list_url(call, list.state ? state : "", desk::to_cursor(*found.next)));
}

Reply post_again(const Call& call, store::Session& sql, const IdeaDraft& draft, errc why) {
  auto page = public_idea_page(call, "ideas.tpl", "portal.ideas");
  page->set("QUERY", draft.text.title);
  if (!looks_too_often(call))
    fill_like(*page, call, found_ideas(sql, call, draft.text.title, draft.text.locale, like_ideas));
  fill_post(*page, call, draft, "portal.ideas_add");
  return page_problem(why, page->render());
}

// An idea's page; `draft`: of a vote that could not be taken.
std::string idea_html(const Call& call, const store::Idea& idea, const IdeaDraft& draft) {
  auto page = public_idea_page(call, "idea.tpl", "portal.ideas");
  page->set("TITLE", idea.title + " · " + public_name(call));
  page->set("IDEA_TITLE", idea.title);
  page->set("VOTES", std::to_string(idea.votes));
  page->set("LOCALE", idea.locale);
  fill_state(page->values(), call, idea.state);
  if (!idea.reason.empty()) page->section("REASON").SetValue("HTML", desk::render_markdown(idea.reason));
  if (!idea.body.empty()) page->section("BODY").SetValue("TEXT", idea.body);
  if (!idea.answer.empty()) page->section("ANSWER").SetValue("HTML", desk::render_markdown(idea.answer));
  if (idea.state == IdeaState::done) {
    page->section("CLOSED");
    return page->render();
  }
  auto& vote = page->section("VOTE");
  vote.SetValue("ACTION", in_same_language(call, desk::idea_url(idea.id) + "/votes"));
  page->set("DRAFT_EMAIL", draft.email);
  if (!draft.begun.empty()) page->set("BEGUN", draft.begun);
  for (const auto& [section, key] : {std::pair("ERROR", draft.error), std::pair("EMAIL_ERROR", draft.email_error)})
    if (!key.empty())
      vote.AddSectionDictionary(section)->SetValue("MESSAGE", call.setup.pages->text(language_of(call), key));
  return page->render();
}

Reply no_such_idea(const Call& call) {
  return page_problem(errc::not_found,
                      error_page(call, language_of(call), "portal.error_missing_title", "portal.ideas_missing"));
}

}  // namespace

std::unique_ptr<Pages::Page> public_idea_page(const Call& call, std::string_view file, std::string_view title_key) {
  auto page = public_page(call, file, title_key, "ideas.css");
  page->mark("AT_IDEAS");
  return page;
}

void fill_state(ctemplate::TemplateDictionary& entry, const Call& call, IdeaState state) {
  if (state == IdeaState::open) return;
  auto& shown = *entry.AddSectionDictionary("STATE");
  shown.SetValue("KIND", std::string(name(state)));
  shown.SetValue("NAME", state_name(call, state));
}

void fill_idea(ctemplate::TemplateDictionary& entry, const Call& call, const store::Idea& idea) {
  entry.SetIntValue("ID", idea.id.value);
  entry.SetValue("URL", in_same_language(call, desk::idea_url(idea.id)));
  entry.SetIntValue("VOTES", idea.votes);
  entry.SetValue("TITLE", idea.title);
  entry.SetValue("LOCALE", idea.locale);
  fill_state(entry, call, idea.state);
  if (!idea.body.empty()) entry.AddSectionDictionary("TEXT")->SetValue("LINE", first_line(idea.body));
}

result<void> take_wish(store::Session& sql, const Call& call, const desk::VoterWish& wish) {
  if (!may_try(sql, call, "wish:", wish_limit)) return errc::too_many;
  if (!may_mail_links(call.setup, call.request)) {
    log::warning("votes_need_public_url", {{"request", call.request.id}});
    return {};
  }
  return desk::wish_for(sql, wish, base_url(call.setup, call.request), call.now);
}

Reply ideas_page(store::Session& sql, const Call& call) {
  auto page = public_idea_page(call, "ideas.tpl", "portal.ideas");
  const std::string query = call.request.query("q").value_or("").substr(0, 800);
  page->set("QUERY", query);
  if (query.empty()) {
    fill_list(*page, sql, call);
  } else if (looks_too_often(call)) {
    return busy_page(call);
  } else {
    IdeaDraft draft;
    draft.text.title = draft.looked = query;
    fill_like(*page, call, found_ideas(sql, call, query, std::string(language_of(call)), like_ideas));
    fill_post(*page, call, draft, "portal.ideas_add");
  }
  return http::page(page->render());
}

// First what is like it, then, on "add mine", the mail. Both answer the same to everybody.
Reply post_idea(store::Session& sql, const Call& call) {
  IdeaDraft draft = read_draft(call);
  if (!desk::is_fine(draft.text)) draft.title_error = "portal.ideas_title_wrong";
  if (!draft.title_error.empty() || !draft.email_error.empty()) return post_again(call, sql, draft, errc::invalid);
  if (draft.looked != draft.text.title && !looks_too_often(call)) {
    const auto like = found_ideas(sql, call, draft.text.title, draft.text.locale, like_ideas);
    if (!like.empty()) {
      auto page = public_idea_page(call, "ideas.tpl", "portal.ideas");
      page->set("QUERY", draft.text.title);
      fill_like(*page, call, like);
      draft.looked = draft.text.title;
      fill_post(*page, call, draft, "portal.ideas_add_anyway");
      return http::page(page->render());
    }
  }
  if (!draft.is_typed) {
    ask_once_more(call, draft);
    return post_again(call, sql, draft, errc::invalid);
  }
  const auto taken = take_wish(sql, call, {draft.email, draft.text.locale, {}, draft.text, brand_of(call)});
  if (!taken) {
    const errc why = static_cast<errc>(taken.error().value());
    explain(draft, why);
    return post_again(call, sql, draft, why == errc::too_many ? why : errc::invalid);
  }
  return see_other(in_same_language(call, "/help/ideas/sent"));
}

Reply idea_page(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  const auto idea = id ? store::find_idea(sql, desk::current_idea(sql, *id)) : std::nullopt;
  if (!idea || idea->shelf != store::IdeaShelf::shown) return no_such_idea(call);
  if (idea->id != *id) return see_other(in_same_language(call, desk::idea_url(idea->id)));
  return page(idea_html(call, *idea, {}));
}

Reply vote_for_idea(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  const auto idea = id ? store::find_idea(sql, desk::current_idea(sql, *id)) : std::nullopt;
  if (!idea || idea->shelf != store::IdeaShelf::shown) return no_such_idea(call);
  IdeaDraft draft = read_draft(call);
  if (!draft.email_error.empty()) return page_problem(errc::invalid, idea_html(call, *idea, draft));
  if (!draft.is_typed) {
    ask_once_more(call, draft);
    return page_problem(errc::invalid, idea_html(call, *idea, draft));
  }
  const auto taken = take_wish(sql, call, {draft.email, draft.text.locale, idea->id, {}, brand_of(call)});
  if (!taken) {
    const errc why = static_cast<errc>(taken.error().value());
    explain(draft, why);
    return page_problem(why, idea_html(call, *idea, draft));
  }
  return see_other(in_same_language(call, "/help/ideas/sent"));
}

Reply wish_sent_page(store::Session&, const Call& call) {
  auto page = public_idea_page(call, "idea_sent.tpl", "portal.ideas_sent_title");
  return http::page(page->render());
}

}  // namespace fifteen::http::routes
