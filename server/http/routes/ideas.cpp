#include "server/http/ideas.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "search/reader.hpp"
#include "server/desk/ideas/idea_board.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/http/fields.hpp"
#include "server/http/idea_json.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/agents.hpp"

// Ideas as agents and programs work with them.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr const char* not_fine = "A title has 1 to 200 characters on one line, a text 5,000 bytes at most.";

std::map<AgentId, std::string> agent_names(store::Session& sql) {
  std::map<AgentId, std::string> names;
  for (store::Agent& agent : store::agents(sql)) names.emplace(agent.id, std::move(agent.name));
  return names;
}

// Reads the query; what is wrong with it goes into `errors`.
store::IdeaList read_list(const Call& call, std::vector<FieldError>& errors) {
  store::IdeaList list;
  const auto text = [&](const char* name) { return call.request.query(name).value_or(""); };
  if (const std::string state = text("state"); state == "hidden")
    list.shelf = store::IdeaShelf::hidden;
  else if (!state.empty() && !(list.state = parse<IdeaState>(state)))
    errors.push_back({"state", "This is open, planned, building, done, not_now or hidden."});
  if (const auto order = parse_order(text("sort")))
    list.order = *order;
  else
    errors.push_back({"sort", "This is votes, paying, value or newest."});
  list.plan = text("plan").substr(0, 400);
  if (const std::string cursor = text("cursor"); !cursor.empty()) {
    if (const auto place = desk::parse_idea_cursor(cursor))
      list.after = *place;
    else
      errors.push_back({"cursor", "This cursor is not one of ours."});
  }
  return list;
}

Reply idea_reply(store::Session& sql, const Call& call, IdeaId id) {
  const auto view = desk::view_idea(sql, id, call.caller.agent);
  return view ? ok(idea_json(*view, agent_names(sql), call.now)) : problem(view.error());
}

// Runs `act(id)` on the idea of the address; the answer is how it is then.
template <class Act>
Reply on_idea(store::Session& sql, const Call& call, Act act, const char* conflict, const char* invalid = not_fine) {
  const auto id = call.id<IdeaId>();
  if (!id) return problem(id.error());
  const result<void> done = act(*id);
  if (!done && done.error() == errc::conflict) return problem(done.error(), conflict);
  if (!done && done.error() != errc::already_done) return problem(done.error(), errc::invalid, invalid);
  return idea_reply(sql, call, *id);
}

// Where links in mails lead; empty: none may go out.
std::string mail_site(const Call& call) {
  return may_mail_links(call.setup, call.request) ? base_url(call.setup, call.request) : "";
}

constexpr const char* is_away = "It is hidden, or merged into another idea.";

desk::IdeaText read_text(Fields& fields) {
  desk::IdeaText text;
  text.title = fields.need_text("title", 4 * desk::longest_idea_title);
  text.body = fields.text("text", desk::longest_idea_text).value_or("");
  text.locale = fields.text("locale", 20).value_or("");
  return text;
}

}  // namespace

std::optional<store::IdeaOrder> parse_order(std::string_view word) {
  constexpr std::string_view words[] = {"votes", "paying", "value", "newest"};
  if (word.empty()) return store::IdeaOrder::votes;
  for (std::size_t i = 0; i < std::size(words); ++i)
    if (words[i] == word) return static_cast<store::IdeaOrder>(i);
  return {};
}

std::vector<store::Idea> found_ideas(store::Session& sql, const Call& call, const std::string& text,
                                     const std::string& locale, int limit) {
  if (!call.setup.reader || text.empty()) return {};
  const auto hits = call.setup.reader->find_articles({.text = text,
                                                      .locale = locale,
                                                      .readers = search::Readers::customers,
                                                      .limit = limit,
                                                      .kind = search::Kind::idea});
  std::vector<IdeaId> ids;
  if (hits)
    for (const auto& hit : *hits) ids.emplace_back(hit.id);
  auto ideas = store::find_ideas(sql, ids);
  std::erase_if(ideas, [](const store::Idea& idea) { return idea.shelf != store::IdeaShelf::shown; });
  return ideas;
}

Reply list_ideas(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const store::IdeaList list = read_list(call, errors);
  const auto limit = limit_of(call.request, 50, 100);
  if (!limit) errors.push_back({"limit", "This is 1 to 100."});
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  return ok(idea_page_json(sql, call, list, *limit));
}

json::object idea_page_json(store::Session& sql, const Call& call, const store::IdeaList& list, int limit) {
  json::array items;
  std::optional<std::string> next;
  if (const std::string text = call.request.query("q").value_or("").substr(0, 400); !text.empty()) {
    std::vector<IdeaId> ids;
    const auto found = found_ideas(sql, call, text, "", limit);
    for (const store::Idea& idea : found) ids.push_back(idea.id);
    auto plans = store::plan_votes_of(sql, ids);
    for (const store::Idea& idea : found) items.push_back(idea_json(idea, plans[idea.id]));
  } else {
    auto page = desk::page_of_ideas(sql, list, limit);
    for (const auto& listed : page.ideas) {
      json::object idea = idea_json(listed.idea, page.plans[listed.idea.id]);
      if (!list.plan.empty()) idea["plan_votes"] = listed.plan_votes;
      items.push_back(std::move(idea));
    }
    if (page.next) next = desk::to_cursor(*page.next);
  }
  json::object object = list_json(std::move(items), next);
  const auto plans = store::plans_of_voters(sql);
  object["plans"] = json::array(plans.begin(), plans.end());
  return object;
}

Reply export_ideas(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const store::IdeaList list = read_list(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  return file(desk::ideas_csv(sql, list), "text/csv; charset=utf-8", Guard::download)
      .with("Content-Disposition", "attachment; filename=\"ideas.csv\"");
}

Reply read_idea(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  return id ? idea_reply(sql, call, *id) : problem(id.error());
}

Reply add_idea(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const desk::IdeaText text = read_text(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto id = desk::post_idea(sql, actor_of(call), text, call.now);
  if (!id) return problem(id.error(), errc::invalid, not_fine);
  const auto view = desk::view_idea(sql, *id, call.caller.agent);
  return created(idea_json(*view, agent_names(sql), call.now)).with("Location", "/api/v1/ideas/" + id_text(*id));
}

Reply change_idea(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto title = fields.text("title", 4 * desk::longest_idea_title);
  const auto text = fields.text("text", desk::longest_idea_text);
  if (!fields.are_fine()) return fields.problem();
  return on_idea(
      sql, call, [&](IdeaId id) { return desk::edit_idea(sql, actor_of(call), id, {title, text}, call.now); }, is_away);
}

Reply move_idea(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto state = parse<IdeaState>(fields.text("state", 10).value_or(""));
  if (!state) fields.complain("state", "This is open, planned, building, done or not_now.");
  const std::string reason = fields.text("reason", desk::longest_idea_text).value_or("");
  const bool tells = fields.flag("tell", true);
  if (!fields.are_fine()) return fields.problem();
  return on_idea(
      sql, call,
      [&](IdeaId id) {
        return desk::move_idea(sql, actor_of(call), id, {*state, reason, tells, mail_site(call)}, call.now);
      },
      is_away);
}

Reply answer_idea(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string text = fields.need_text("text", desk::longest_idea_text);
  const bool tells = fields.flag("tell", true);
  if (!fields.are_fine()) return fields.problem();
  return on_idea(
      sql, call,
      [&](IdeaId id) { return desk::answer_idea(sql, actor_of(call), id, {text, tells, mail_site(call)}, call.now); },
      is_away);
}

Reply unanswer_idea(store::Session& sql, const Call& call) {
  return on_idea(
      sql, call, [&](IdeaId id) { return desk::answer_idea(sql, actor_of(call), id, {}, call.now); }, is_away);
}

Reply hide_idea(store::Session& sql, const Call& call) {
  return on_idea(
      sql, call, [&](IdeaId id) { return desk::hide_idea(sql, actor_of(call), id, true, call.now); }, is_away);
}

Reply show_idea(store::Session& sql, const Call& call) {
  return on_idea(
      sql, call, [&](IdeaId id) { return desk::hide_idea(sql, actor_of(call), id, false, call.now); }, is_away);
}

Reply merge_idea(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto into = fields.id("into");
  if (!into) fields.complain("into", "This is the id of the idea to merge into.");
  if (!fields.are_fine()) return fields.problem();
  return on_idea(
      sql, call, [&](IdeaId id) { return desk::merge_ideas(sql, actor_of(call), id, IdeaId(*into), call.now); },
      "An idea merges into another one, when neither is hidden or merged already.");
}

Reply unmerge_idea(store::Session& sql, const Call& call) {
  return on_idea(
      sql, call, [&](IdeaId id) { return desk::unmerge_idea(sql, actor_of(call), id, call.now); },
      "What it was merged into is merged itself: un-merge that first.");
}

}  // namespace fifteen::http::routes
