#include "server/live/frames.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/base/rfc3339.hpp"
#include "server/http/json_out.hpp"
#include "server/store/agents.hpp"
#include "server/store/ticket_list.hpp"

namespace fifteen::live {
namespace {

namespace json = boost::json;
using http::id_text;

constexpr std::int64_t most_missed = 500;

Frame frame(const json::object& object) {
  return std::make_shared<const std::string>(json::serialize(object));
}

json::value actor_json(store::Session& sql, const store::Event& event) {
  if (event.actor != ActorKind::agent || event.actor_id == 0) return nullptr;
  const auto agent = store::find_agent(sql, AgentId(event.actor_id));
  if (!agent) return nullptr;
  return json::object{{"id", id_text(agent->id)}, {"name", agent->name}};
}

// What the event is to a reader: a message by its kind ("reply"), a change by what has become of the ticket ("closed").
std::string what(const store::Event& event) {
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"close", "closed"}, {"reopen", "reopened"}, {"assign", "assigned"}, {"merge", "merged"}, {"split", "split"}};
  for (const auto& [kind, word] : words)
    if (event.kind == kind) return std::string(word);
  boost::system::error_code ec;
  if (event.kind == "message")
    if (const auto data = json::parse(event.data, ec); !ec && data.is_object())
      if (const auto* kind = data.get_object().if_contains("kind"); kind && kind->is_string())
        return std::string(kind->get_string());
  return event.kind;
}

Frame ticket_frame(store::Session& sql, const store::Event& event, store::ListedTicket listed, bool is_unread) {
  listed.is_unread = is_unread;
  return frame({{"type", "ticket"},
                {"event", id_text(event.id)},
                {"ticket", http::ticket_json(listed)},
                {"what", what(event)},
                {"message", event.message ? json::value(id_text(event.message)) : json::value()},
                {"actor", actor_json(sql, event)}});
}

// Whose answer was rated. What was said of it is read by whoever may: this goes to everybody.
Frame rated_frame(store::Session& sql, const store::Event& event) {
  const auto answer = sql.one<TicketId, AgentId>(
      "SELECT ticket_id, author_id FROM messages WHERE id = :id AND author_kind = 'agent'", {{"id", event.message}});
  if (!answer) return nullptr;
  const auto& [ticket, agent] = *answer;
  return frame({{"type", "rated"},
                {"event", id_text(event.id)},
                {"ticket", id_text(ticket)},
                {"message", id_text(event.message)},
                {"agent", id_text(agent)}});
}

std::set<AgentId> readers_of(store::Session& sql, const store::Ticket& ticket) {
  std::set<AgentId> readers;
  // Primary key (ticket_id, agent_id).
  for (const auto& [agent] :
       sql.all<AgentId>("SELECT agent_id FROM ticket_reads WHERE ticket_id = :ticket AND read_at >= :since LIMIT 1000",
                        {{"ticket", ticket.id}, {"since", ticket.summary.last_customer_at}}))
    readers.insert(agent);
  return readers;
}

// What desk::Notifier writes, to each whom some of it concerns:
// {"items":[{"what","ticket","subject","by","screen":[ids],"browser":[ids]}]}
EventFrames notice_frames(const store::Event& event) {
  EventFrames frames{.event = event.id, .read = nullptr, .unread = nullptr, .readers = {}, .personal = {}};
  const json::value data = json::parse(event.data);
  std::map<std::int64_t, json::array> items;
  for (const json::value& notice : data.at("items").as_array()) {
    std::map<std::int64_t, std::pair<bool, bool>> where;
    for (const json::value& id : notice.at("screen").as_array()) where[id.as_int64()].first = true;
    for (const json::value& id : notice.at("browser").as_array()) where[id.as_int64()].second = true;
    for (const auto& [agent, channels] : where)
      items[agent].push_back(json::object{{"what", notice.at("what")},
                                          {"ticket", id_text(TicketId(notice.at("ticket").as_int64()))},
                                          {"subject", notice.at("subject")},
                                          {"by", notice.at("by")},
                                          {"screen", channels.first},
                                          {"browser", channels.second}});
  }
  for (auto& [agent, hers] : items)
    frames.personal[AgentId(agent)] =
        frame({{"type", "notices"}, {"event", id_text(event.id)}, {"items", std::move(hers)}});
  return frames;
}

IdeaId idea_of(const store::Event& event) {
  return IdeaId(json::parse(event.data).at("idea").as_int64());
}

}  // namespace

std::vector<EventFrames> frames_of(store::Session& sql, const std::vector<store::Event>& events) {
  std::vector<EventFrames> list;
  std::set<TicketId> done;
  std::set<IdeaId> ideas;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->kind == "notices") list.push_back(notice_frames(*event));
    if (event->kind == "rated") {  // nothing of its ticket has changed
      if (Frame rated = rated_frame(sql, *event))
        list.push_back({.event = event->id, .read = rated, .unread = rated, .readers = {}, .personal = {}});
      continue;
    }
    if (event->kind == "idea") {
      if (const auto idea = idea_of(*event); ideas.insert(idea).second) {
        const Frame changed = frame({{"type", "idea"}, {"event", id_text(event->id)}, {"idea", id_text(idea)}});
        list.push_back({.event = event->id, .read = changed, .unread = changed, .readers = {}, .personal = {}});
      }
      continue;
    }
    if (!event->ticket || !done.insert(event->ticket).second) continue;
    EventFrames frames{.event = event->id, .read = nullptr, .unread = nullptr, .readers = {}, .personal = {}};
    const auto listed = store::find_listed(sql, event->ticket, AgentId());
    if (listed && !listed->ticket.summary.merged_into) {
      frames.read = ticket_frame(sql, *event, *listed, false);
      frames.unread = ticket_frame(sql, *event, *listed, true);
      frames.readers = readers_of(sql, listed->ticket);
    } else {
      frames.read = frames.unread = frame({{"type", "removed"},
                                           {"ticket", id_text(event->ticket)},
                                           {"event", id_text(event->id)},
                                           {"erased", event->kind == "erased"}});
    }
    list.push_back(std::move(frames));
  }
  std::ranges::reverse(list);
  return list;
}

// On MariaDB a lower id may have become visible after `after`; a browser that was told of `after` may have missed it.
// So what was written in the minute before it comes again: a ticket that comes twice does no harm.
std::optional<std::vector<store::Event>> events_after(store::Session& sql, EventId after) {
  const auto recorded = sql.one<Instant>("SELECT recorded_at FROM events WHERE id = :id", {{"id", after}});
  if (!recorded) return std::nullopt;
  std::vector<store::Event> events;
  for (auto& [id, kind, ticket, message, actor, actor_id, data] :
       sql.all<EventId, std::string, TicketId, MessageId, std::string, std::optional<std::int64_t>, std::string>(
           "SELECT id, kind, ticket_id, message_id, actor_kind, actor_id, data FROM events"
           " WHERE id > :from AND (id > :after OR recorded_at > :since) AND id <> :self ORDER BY id LIMIT :most",
           {{"from", EventId(std::max<std::int64_t>(after.value - most_missed, 0)).value},
            {"after", after},
            {"since", std::get<0>(*recorded) - store::EventFollower::settle},
            {"self", after},
            {"most", 2 * most_missed + 1}}))
    events.push_back({.id = id,
                      .kind = kind,
                      .ticket = ticket,
                      .message = message,
                      .actor = parse<ActorKind>(actor).value_or(ActorKind::system),
                      .actor_id = actor_id.value_or(0),
                      .data = data});
  if (std::ssize(events) > 2 * most_missed) return std::nullopt;
  return events;
}

Frame hello(EventId after, Instant now) {
  return frame({{"type", "hello"}, {"after", id_text(after)}, {"server_time", to_rfc3339(now)}});
}

Frame resync() {
  return frame({{"type", "resync"}});
}

Frame pong(Instant now) {
  return frame({{"type", "pong"}, {"server_time", to_rfc3339(now)}});
}

Frame presence(TicketId ticket, const std::vector<Present>& agents) {
  json::array list;
  for (const auto& [agent, agent_name, is_replying] : agents)
    list.push_back(json::object{{"id", id_text(agent)}, {"name", agent_name}, {"replying", is_replying}});
  return frame({{"type", "presence"}, {"ticket", id_text(ticket)}, {"agents", std::move(list)}});
}

std::optional<Said> read_message(std::string_view text) {
  boost::system::error_code ec;
  json::parse_options options;
  options.max_depth = 4;
  const auto value = json::parse({text.data(), text.size()}, ec, {}, options);
  if (ec || !value.is_object()) return std::nullopt;
  const json::object& object = value.get_object();
  const auto* type = object.if_contains("type");
  if (type && *type == "ping") return Said{};
  if (!type || *type != "watch") return std::nullopt;
  Said said{.kind = Said::Kind::watch, .ticket = {}, .is_replying = false};
  if (const auto* ticket = object.if_contains("ticket"); ticket && ticket->is_string()) {
    const std::string_view digits(ticket->get_string());
    if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    said.ticket = TicketId(std::stoll(std::string(digits)));
  }
  if (const auto* replying = object.if_contains("replying"))
    said.is_replying = replying->is_bool() && replying->get_bool();
  return said;
}

}  // namespace fifteen::live
