#include "server/desk/portal/ratings.hpp"

#include <cstring>  // ctemplate uses strlen without it

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <ctemplate/template_dictionary.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/json_out.hpp"
#include "server/http/limits.hpp"
#include "server/http/link_form.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/columns.hpp"
#include "server/store/rate_limits.hpp"

// What a customer makes of an answer. The mail's link opens a page and changes nothing: only the press on its button
// counts, because mail scanners open every link (and some ask for it by HEAD first). The token is the proof.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr store::RateLimit press_limit{.tries = 30, .window = std::chrono::minutes(15)};
constexpr Score scores[] = {Score::kudos, Score::good, Score::bad};  // choices 1, 2, 3

std::optional<Score> score_of(std::string_view choice) {
  if (choice.size() != 1 || choice[0] < '1' || choice[0] > '3') return {};
  return scores[choice[0] - '1'];
}

struct Press {
  std::optional<Score> score;
  std::string words;
  const char* error = nullptr;  // the key of a text
};

Press read_press(const Request& request) {
  Press press;
  for (auto& [name, value] : form_fields(request.body)) {
    if (name == "choice") press.score = score_of(value);
    if (name == "words") press.words = std::move(value);
  }
  std::erase(press.words, '\r');  // a browser counts a line end as one character, and sends two
  const auto first = press.words.find_first_not_of(" \t\r\n");
  press.words =
      first == std::string::npos ? "" : press.words.substr(first, press.words.find_last_not_of(" \t\r\n") - first + 1);
  if (!press.score) press.error = "portal.rate_choose";
  if (store::clip(press.words, desk::longest_comment) != press.words) press.error = "portal.rate_long";
  return press;
}

Reply dead_link(const Call& call, error_code why) {
  if (why == errc::expired)
    return secret(page_problem(errc::expired, fresh_link_page(call, "/rate/" + percent_encoded(call.parameter()), {})));
  return secret_problem(call, why, "portal.rate_wrong_title", "portal.rate_wrong_text");
}

std::string rating_form(const Call& call, const desk::RatedAnswer& answer, const Press& press, bool is_given) {
  const auto language = language_of(call);
  auto page = public_page(call, "rate.tpl", is_given ? "portal.rate_thanks" : "portal.rate_title");
  page->set("ACTION", "/rate/" + percent_encoded(call.parameter()));
  page->set("AGENT", answer.agent_name);
  page->section(is_given ? "GIVEN" : "ASKED");
  if (press.error) page->section("ERROR").SetValue("MESSAGE", call.setup.pages->text(language, press.error));
  for (const char* choice : {"1", "2", "3"}) {
    auto& shown = page->section("CHOICE");
    shown.SetValue("VALUE", choice);
    shown.SetValue("TEXT", desk::mail_text(language, std::string("mail.rate_") + choice));
    if (press.score == score_of(choice)) shown.ShowSection("CHOSEN");
  }
  page->set("WORDS", press.words);
  return page->render();
}

json::object rating_json(const store::ListedRating& listed) {
  const store::Rating& rating = listed.rating;
  return {{"id", std::to_string(rating.id)},
          {"at", time_json(rating.at)},
          {"score", name(rating.score)},
          {"comment", rating.comment},
          {"message", rating.message ? json::value(id_text(rating.message)) : json::value()},
          {"ticket",
           json::object{{"id", id_text(listed.ticket)}, {"number", listed.ticket.value}, {"subject", listed.subject}}},
          {"agent", listed.agent ? json::value(json::object{{"id", id_text(listed.agent)}, {"name", listed.agent_name}})
                                 : json::value()},
          {"customer",
           json::object{
               {"id", id_text(listed.customer)}, {"name", listed.customer_name}, {"email", listed.customer_email}}}};
}

// Reads the query; what is wrong with it goes into `errors`.
store::RatingList read_wish(const Call& call, std::vector<FieldError>& errors) {
  store::RatingList wish;
  const auto read = [&](const char* name, auto parse_it, const char* message, auto take) {
    const auto text = call.request.query(name);
    if (!text || text->empty()) return;
    if (const auto value = parse_it(*text))
      take(*value);
    else
      errors.push_back({name, message});
  };
  const auto instant = [](std::string_view text) { return parse_rfc3339(text); };
  constexpr const char* an_instant = "This is an instant as 2026-11-01T00:00:00Z.";
  // Whose? An agent's own, unless asked for.
  if (call.caller.agent && call.caller.role == Role::agent) wish.agent = call.caller.agent;
  read("agent", parse_id<AgentId>, "This is an agent's id.", [&](AgentId agent) { wish.agent = agent; });
  read(
      "score", [](std::string_view text) { return parse<Score>(text); }, "This is kudos, good or bad.",
      [&](Score score) { wish.score = score; });
  read("from", instant, an_instant, [&](Instant from) { wish.from = from; });
  read("to", instant, an_instant, [&](Instant to) { wish.before.at = to; });
  read("cursor", desk::parse_rating_cursor, "This cursor is not one of ours.", [&](const store::RatingPlace& place) {
    if (place.at < wish.before.at) wish.before = place;
  });
  return wish;
}

}  // namespace

// With a choice: that one ready to be sent. Without: what was chosen, with thanks.
Reply rating_page(store::Session& sql, const Call& call) {
  if (!admits(call.setup.rating_pages, call))
    return retry_after(secret_problem(call, errc::too_many, "portal.rate_title", "portal.rate_busy"), 60);
  const auto answer = desk::answer_to_rate(sql, call.parameter(), call.now);
  if (!answer) return dead_link(call, answer.error());
  const bool has_choice = call.request.parameters.size() > 1;
  Press press;
  if (answer->rating) press = {answer->rating->score, answer->rating->comment};
  if (has_choice) press.score = score_of(call.parameter(1));
  if (has_choice && !press.score) return dead_link(call, errc::not_found);
  return secret_page(rating_form(call, *answer, press, !has_choice && answer->rating));
}

Reply give_rating(store::Session& sql, const Call& call) {
  const auto answer = desk::answer_to_rate(sql, call.parameter(), call.now);
  if (!answer) return dead_link(call, answer.error());
  // A customer's reply quotes her links: a colleague who follows one there must not praise in her name.
  if (call.caller.is_person())
    return secret_problem(call, errc::forbidden, "portal.rate_ours_title", "portal.rate_ours_text");
  Press press = read_press(call.request);
  if (press.error) return secret(page_problem(errc::invalid, rating_form(call, *answer, press, false)));
  if (!may_try(sql, call, "rate:", press_limit)) {
    press.error = "portal.rate_busy";
    return secret(retry_after(page_problem(errc::too_many, rating_form(call, *answer, press, false)), 900));
  }
  if (const auto rated = desk::rate(sql, call.parameter(), *press.score, press.words, call.now); !rated)
    return dead_link(call, rated.error());
  return secret(see_other("/rate/" + percent_encoded(call.parameter())));
}

Reply list_ratings(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_wish(call, errors);
  const auto limit = limit_of(call.request, 50, 100);
  if (!limit) errors.push_back({"limit", "This is 1 to 100."});
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  const auto page = desk::list_ratings(sql, actor_of(call), wish, *limit);
  if (!page) return problem(page.error(), errc::forbidden, "You see what was said of your own answers.");
  json::array items;
  for (const auto& rating : page->ratings) items.push_back(rating_json(rating));
  return ok(list_json(std::move(items), page->next ? std::optional(desk::to_cursor(*page->next)) : std::nullopt));
}

}  // namespace fifteen::http::routes
