#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "search/reader.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/suggestions/likely_answers.hpp"
#include "server/desk/suggestions/suggestions.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/http/drafts.hpp"
#include "server/http/json_out.hpp"
#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_query = 400;

json::object why_json(const desk::Why& why) {
  json::array tickets;
  for (const auto& [id, subject] : why.tickets)
    tickets.push_back(json::object{{"id", id_text(id)}, {"number", id.value}, {"subject", subject}});
  return {{"words", json::array(why.words.begin(), why.words.end())}, {"tickets", std::move(tickets)}};
}

// `why`: for agents.
json::object suggestions_json(const std::vector<desk::Suggested>& list, bool why) {
  json::array items;
  for (const auto& suggested : list) {
    json::object item{{"kind", desk::name(suggested.kind)}, {"id", std::to_string(suggested.id)},
                      {"title", suggested.title},           {"url", suggested.url},
                      {"locale", suggested.locale},         {"score", suggested.score}};
    if (why) item["why"] = why_json(suggested.why);
    items.push_back(std::move(item));
  }
  return list_json(std::move(items));
}

}  // namespace

// For `[[` in the composer: by words, or the most read ones.
Reply find_articles(store::Session& sql, const Call& call) {
  const std::string text = call.request.query("q").value_or("").substr(0, longest_query);
  std::vector<store::Article> articles;
  if (text.empty() || !call.setup.reader) {
    articles = desk::list_articles(sql, "", 20);
  } else {
    const auto hits =
        call.setup.reader->find_articles({.text = text, .locale = "", .readers = search::Readers::agents, .limit = 10});
    std::vector<ArticleId> ids;
    if (hits)
      for (const auto& hit : *hits) ids.emplace_back(hit.id);
    articles = desk::find_articles(sql, ids, true);
  }
  json::array items;
  for (const auto& article : articles)
    items.push_back(json::object{{"id", id_text(article.id)},
                                 {"slug", article.slug},
                                 {"title", article.title},
                                 {"locale", article.locale},
                                 {"url", desk::article_url(article.slug)},
                                 {"updated_at", time_json(article.updated_at)}});
  return ok(list_json(std::move(items)));
}

// As somebody types a question, key by key: public, so each address has a share of its own.
Reply suggest_answers(store::Session& sql, const Call& call) {
  if (looks_too_often(call)) return retry_after(problem(errc::too_many), 1);
  if (call.request.query("key"))
    if (const auto key = widget_key_of(sql, call); !key) return key.error();
  const auto limit = limit_of(call.request, 3, 10);
  if (!limit) return problem(limit.error(), "limit is 1 to 10.");
  const auto draft = named_draft(call);
  if (!draft) return problem(draft.error(), "visitor and session are 22 characters each; channel is form or widget.");
  const std::string text = call.request.query("q").value_or("").substr(0, 4000);
  const std::string locale = call.request.query("locale").value_or("").substr(0, 20);
  auto answers =
      desk::suggest(sql, call.setup.suggester, {.text = text, .locale = locale, .limit = *limit, .typing = true});
  if (*draft && is_withheld(sql, call, **draft, {text, locale}, answers.list)) answers.list.clear();
  return ok(suggestions_json(answers.list, false));
}

// What an agent may answer this ticket with, and what its customer has read before.
Reply likely_answers(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  const auto answers = id ? desk::likely_answers(sql, call.setup.suggester, *id) : id.error();
  if (!answers) return problem(answers.error());
  json::object reply = suggestions_json(answers->list, true);
  reply["language"] = answers->language;
  json::array& tried = reply.emplace("tried", json::array()).first->value().get_array();
  for (const desk::Tried& one : answers->tried)
    tried.push_back(
        json::object{{"article", json::object{{"id", id_text(one.article)}, {"title", one.title}, {"url", one.url}}},
                     {"outcome", desk::name(one.outcome)}});
  return ok(reply);
}

Reply search_all(store::Session& sql, const Call& call) {
  const std::string text = call.request.query("q").value_or("").substr(0, longest_query);
  json::array tickets, people;
  std::vector<TicketId> ids;
  std::vector<std::string> snippets;
  if (!text.empty() && call.setup.reader)
    if (const auto hits = call.setup.reader->find_tickets({.text = text, .state = search::State::any, .limit = 30}))
      for (const auto& hit : *hits) {
        ids.emplace_back(hit.id);
        snippets.push_back(hit.snippet);
      }
  for (const auto& listed : desk::list_found(sql, ids, call.caller.agent)) {
    json::object ticket = ticket_json(listed);
    const auto at = std::find(ids.begin(), ids.end(), listed.ticket.id) - ids.begin();
    ticket["snippet"] = static_cast<std::size_t>(at) < snippets.size() ? snippets[static_cast<std::size_t>(at)] : "";
    tickets.push_back(std::move(ticket));
  }
  if (!text.empty())
    for (const auto& customer : store::customers_like(sql, text, 10)) people.push_back(customer_json(customer));
  return ok({{"tickets", std::move(tickets)}, {"people", std::move(people)}});
}

Reply read_customer(store::Session& sql, const Call& call) {
  const auto id = call.id<CustomerId>();
  const auto view = id ? desk::view_customer(sql, *id, call.caller.agent) : id.error();
  if (!view) return problem(view.error());
  json::object customer = customer_json(view->customer);
  json::array tickets;
  for (const auto& ticket : view->tickets) tickets.push_back(ticket_json(ticket));
  customer["tickets"] = std::move(tickets);
  return ok(customer);
}

}  // namespace fifteen::http::routes
