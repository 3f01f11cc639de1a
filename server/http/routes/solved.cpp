#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/desk/portal/solved_links.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/limits.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/rate_limits.hpp"

// "This solved it", from the acknowledgement's suggestions. As with ratings the link opens a page and changes nothing:
// scanners, previews and browsers that read ahead open every link; only the press on the page's button counts.
namespace fifteen::http::routes {
namespace {

using State = desk::SolvedLink::State;

constexpr store::RateLimit press_limit{.tries = 30, .window = std::chrono::minutes(15)};

Reply dead_link(const Call& call, error_code why) {
  if (why == errc::expired) return secret_problem(call, why, "portal.solved_old_title", "portal.solved_old_text");
  return secret_problem(call, why, "portal.solved_wrong_title", "portal.solved_wrong_text");
}

Reply busy(const Call& call, long seconds) {
  return retry_after(secret_problem(call, errc::too_many, "portal.solved_title", "portal.rate_busy"), seconds);
}

// The two texts of a link at which nothing is left to press.
std::string outcome_of(State state) {
  switch (state) {
    case State::solved:
      return "portal.solved_thanks";
    case State::answered:
      return "portal.solved_answered";
    case State::closed:
      return "portal.solved_closed";
    case State::merged:
      return "portal.solved_merged";
    case State::asked:
      break;
  }
  return "portal.solved_open";  // taken back just now
}

// `says_no`: it is not, she said a moment ago.
std::string solved_page_of(const Call& call, const desk::SolvedLink& link, bool says_no = false) {
  const bool asks = link.state == State::asked && !says_no;
  const std::string outcome = outcome_of(link.state);
  auto page = public_page(call, "solved.tpl", asks ? "portal.solved_title" : outcome + "_title");
  page->set("ACTION", "/solved/" + percent_encoded(call.parameter()));
  if (asks) {
    auto& asked = page->section("ASKED");
    fill_article(asked, call, link.article);
    asked.SetValue("LOCALE", link.article.locale);
    asked.SetValue("QUESTION", link.question);
  } else {
    const auto language = language_of(call);
    auto& told = page->section("TOLD");
    told.SetValue("HEADING", call.setup.pages->text(language, outcome + "_title"));
    told.SetValue("WORDS", call.setup.pages->text(language, outcome + "_text"));
    if (link.may_take_back) told.ShowSection("TAKE_BACK");
  }
  return page->render();
}

std::optional<bool> read_press(const Request& request) {
  for (const auto& [name, value] : form_fields(request.body))
    if (name == "solved" && (value == "yes" || value == "no")) return value == "yes";
  return {};
}

}  // namespace

Reply solved_page(store::Session& sql, const Call& call) {
  if (!admits(call.setup.solved_pages, call)) return busy(call, 60);
  const auto link = desk::follow_solved_link(sql, call.parameter(), call.now);
  return link ? secret_page(solved_page_of(call, *link)) : dead_link(call, link.error());
}

Reply press_solved(store::Session& sql, const Call& call) {
  if (const auto link = desk::follow_solved_link(sql, call.parameter(), call.now); !link)
    return dead_link(call, link.error());
  // A customer's reply quotes her links: a colleague who follows one there must not close it in her name.
  if (call.caller.is_person())
    return secret_problem(call, errc::forbidden, "portal.rate_ours_title", "portal.rate_ours_text");
  const auto is_solved = read_press(call.request);
  if (!is_solved) return solved_page(sql, call);
  if (!may_try(sql, call, "solved:", press_limit)) return busy(call, 900);
  const auto link = desk::press_solved_link(sql, call.parameter(), *is_solved, call.now);
  if (!link) return dead_link(call, link.error());
  if (link->state == State::asked) return secret_page(solved_page_of(call, *link, true));
  Reply reply = see_other("/solved/" + percent_encoded(call.parameter()));
  reply.guard = Guard::secret_page;
  return reply;
}

}  // namespace fifteen::http::routes
