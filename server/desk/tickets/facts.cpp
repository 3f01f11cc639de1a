#include "server/desk/tickets/facts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace fifteen::desk {
namespace {

namespace json = boost::json;

std::int64_t number(const json::object& data, std::string_view key) {
  const auto* value = data.if_contains(key);
  return value && value->is_int64() ? value->get_int64() : 0;
}

}  // namespace

store::Event to_event(const Fact& fact) {
  json::object data;
  switch (fact.kind) {
    case FactKind::message:
      data["kind"] = name(fact.message_kind);
      if (fact.closes) data["closes"] = true;
      break;
    case FactKind::assign:
      data["agent"] = fact.agent ? json::value(fact.agent.value) : json::value(nullptr);
      break;
    case FactKind::split: {
      json::array& messages = data.emplace("messages", json::array()).first->value().get_array();
      for (const MessageId message : fact.messages) messages.emplace_back(message.value);
      [[fallthrough]];
    }
    case FactKind::merge:
      data["into"] = fact.other.value;
      break;
    default:
      break;
  }
  return {.at = fact.at,
          .kind = std::string(name(fact.kind)),
          .ticket = fact.ticket,
          .message = fact.message,
          .actor = fact.actor,
          .actor_id = fact.actor == ActorKind::agent && fact.kind != FactKind::assign ? fact.agent.value : 0,
          .data = json::serialize(data)};
}

std::optional<Fact> to_fact(const store::Event& event) {
  const auto kind = parse<FactKind>(event.kind);
  if (!kind) return {};
  Fact fact{.at = event.at,
            .order = event.id.value,
            .kind = *kind,
            .ticket = event.ticket,
            .actor = event.actor,
            .message = event.message};
  if (event.actor == ActorKind::agent) fact.agent = AgentId{event.actor_id};
  const json::value parsed = json::parse(event.data);
  const json::object& data = parsed.as_object();
  switch (*kind) {
    case FactKind::message:
      fact.message_kind = parse<MessageKind>(data.at("kind").as_string()).value_or(MessageKind::note);
      fact.closes = data.contains("closes") && data.at("closes").as_bool();
      break;
    case FactKind::assign:
      fact.agent = AgentId{number(data, "agent")};
      break;
    case FactKind::split:
      for (const json::value& message : data.at("messages").as_array()) fact.messages.emplace_back(message.as_int64());
      [[fallthrough]];
    case FactKind::merge:
      fact.other = TicketId{number(data, "into")};
      break;
    default:
      break;
  }
  return fact;
}

}  // namespace fifteen::desk
