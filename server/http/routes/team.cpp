#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/base/random.hpp"
#include "server/desk/mail/account_mail.hpp"
#include "server/desk/team/mailboxes.hpp"
#include "server/desk/team/people.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/api_tokens.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

std::optional<Role> read_role(Fields& fields) {
  const auto word = fields.text("role", 10);
  const auto role = word ? parse<Role>(*word) : std::nullopt;
  if (word && !role) fields.complain("role", "This is agent, manager or admin.");
  return role;
}

constexpr const char* no_such_mailbox =
    "A mailbox has an address that can be written to, a name of one line, and a schedule that there is, or none.";

desk::MailboxChange read_mailbox(Fields& fields) {
  desk::MailboxChange wish;
  if (fields.has("address")) wish.address = fields.need_email("address");
  wish.name = fields.text("name", 200);
  if (const auto target = fields.integer("target_seconds", 1, 30 * 86'400L))
    wish.target = std::chrono::seconds(*target);
  if (fields.has("ask_rating")) wish.asks_rating = fields.flag("ask_rating", true);
  if (fields.has("suggest_articles")) wish.suggests_articles = fields.flag("suggest_articles", true);
  if (fields.has("schedule")) wish.schedule = ScheduleId(fields.id("schedule").value_or(0));
  return wish;
}

json::object token_json(const store::ApiToken& token) {
  return {{"id", std::to_string(token.id)},
          {"name", token.name},
          {"scope", token.scope},
          {"agent", token.agent ? json::value(id_text(token.agent)) : json::value()},
          {"created_at", time_json(token.created_at)}};
}

// What keeps a link from being mailed; none: it goes out.
std::optional<std::string_view> obstacle_to_mail(const Call& call, bool has_sender) {
  if (!may_mail_links(call.setup, call.request)) return "no_public_url";
  if (call.setup.relay.empty()) return "no_relay";  // it would wait, and may be too old once there is one
  if (!has_sender) return "no_mailbox";
  return {};
}

// The link goes to her by mail and is shown to the admin, who can hand it over as well.
result<json::object> invite(store::Session& sql, const Call& call, const store::Agent& agent) {
  const std::string token = random_token();
  const auto link = desk::invite(sql, actor_of(call), agent.id, token, call.now);
  if (!link) return link.error();
  const std::string url = base_url(call.setup, call.request) + "/welcome/" + token;
  const auto from = desk::desk_sender(sql);
  const auto obstacle = obstacle_to_mail(call, from.has_value());
  if (!obstacle)
    desk::mail_link(
        sql,
        {.link = *link, .url = url, .from = *from, .language = std::string(language_of(call)), .by = call.caller.name},
        call.now);
  json::object answer = agent_json(agent);
  answer["invite_url"] = url;
  answer["invite_expires_at"] = time_json(link->expires_at);
  answer["invite_mail"] = obstacle.value_or("queued");
  return answer;
}

}  // namespace

Reply list_agents(store::Session& sql, const Call&) {
  json::array items;
  for (const auto& agent : desk::list_agents(sql)) items.push_back(agent_json(agent));
  return ok(list_json(std::move(items)));
}

Reply add_agent(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string email = fields.need_email("email");
  const std::string agent_name = fields.need_text("name", 200);
  const auto role = read_role(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto agent = desk::add_agent(sql, actor_of(call), email, agent_name, role.value_or(Role::agent), call.now);
  if (!agent && agent.error() == errc::conflict)
    return problem(errc::conflict, "This address belongs to an agent already.");
  if (!agent) return problem(agent.error(), errc::invalid, "An agent has an address and a name of one line.");
  const auto invited = invite(sql, call, *agent);
  return invited ? created(*invited) : problem(invited.error());
}

Reply invite_agent(store::Session& sql, const Call& call) {
  const auto id = call.id<AgentId>();
  const auto agent = id ? store::find_agent(sql, *id) : std::nullopt;
  if (!agent) return problem(errc::not_found);
  const auto invited = invite(sql, call, *agent);
  return invited ? ok(*invited)
                 : problem(invited.error(), errc::conflict, "Only an active agent without a password can be invited.");
}

Reply change_agent(store::Session& sql, const Call& call) {
  const auto id = call.id<AgentId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  desk::AgentChange change{.name = fields.text("name", 200), .role = read_role(fields), .active = {}};
  if (fields.has("active")) change.active = fields.flag("active", true);
  if (!fields.are_fine()) return fields.problem();
  const auto agent = desk::change_agent(sql, actor_of(call), *id, change);
  if (!agent && agent.error() == errc::conflict) return problem(errc::conflict, "Somebody must remain an admin.");
  if (!agent) return problem(agent.error(), errc::invalid, "An agent has an address and a name of one line.");
  return ok(agent_json(*agent));
}

Reply list_mailboxes(store::Session& sql, const Call& call) {
  json::array items;
  for (const auto& mailbox : desk::list_mailboxes(sql, call.now)) items.push_back(mailbox_json(mailbox));
  return ok(list_json(std::move(items)));
}

Reply add_mailbox(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto wish = read_mailbox(fields);
  if (!wish.address && fields.are_fine()) fields.complain("address", "This is needed.");
  if (!fields.are_fine()) return fields.problem();
  const auto view = desk::add_mailbox(sql, actor_of(call), wish, call.now);
  return view ? created(mailbox_json(*view)) : problem(view.error(), errc::invalid, no_such_mailbox);
}

Reply change_mailbox(store::Session& sql, const Call& call) {
  const auto id = call.id<MailboxId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  auto wish = read_mailbox(fields);
  if (wish.address) fields.complain("address", "An address stays as it is; add another mailbox.");
  if (!fields.are_fine()) return fields.problem();
  const auto view = desk::change_mailbox(sql, actor_of(call), *id, wish, call.now);
  return view ? ok(mailbox_json(*view)) : problem(view.error(), errc::invalid, no_such_mailbox);
}

Reply list_tokens(store::Session& sql, const Call&) {
  json::array items;
  for (const auto& token : store::api_tokens(sql)) items.push_back(token_json(token));
  return ok(list_json(std::move(items)));
}

// The token is in this answer and nowhere else. It never does more than the one who made it.
Reply add_token(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  store::ApiToken about;
  about.name = fields.need_text("name", 200);
  about.scope = fields.need_text("scope", 10);
  about.agent = AgentId(fields.id("agent").value_or(0));
  about.created_at = call.now;
  if (!about.scope.empty() && !parse_scope(about.scope)) fields.complain("scope", "This is read, write, admin or all.");
  if (about.agent && !store::find_agent(sql, about.agent)) fields.complain("agent", "There is no such agent.");
  if (!fields.are_fine()) return fields.problem();
  const std::string token = random_token();
  about.id = store::add_api_token(sql, token, about);
  json::object answer = token_json(about);
  answer["token"] = token;
  return created(answer);
}

Reply revoke_token(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  return store::revoke_api_token(sql, *id, call.now) ? no_content() : problem(errc::not_found);
}

}  // namespace fifteen::http::routes
