#include "server/desk/history/history_fields.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "server/base/rfc3339.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t id_bytes = 255;
constexpr std::size_t text_bytes = 16'000'000;  // what a long column of either database holds
constexpr std::int64_t longest_target_seconds = 10LL * 365 * 24 * 3600;

}  // namespace

const boost::json::value* HistoryFields::find(std::string_view key) {
  known_.push_back(key);
  const auto* value = line_.if_contains(key);
  return value && !value->is_null() ? value : nullptr;
}

void HistoryFields::complain(std::string_view key, std::string_view what) {
  if (complaint_.empty()) complaint_ = fmt::format("\"{}\" {}", key, what);
}

std::string HistoryFields::checked(std::string_view key, const boost::json::value& value) {
  const auto* text = value.if_string();
  if (!text) {
    complain(key, "is not a string: put it in quotes");
    return {};
  }
  if (text->size() > text_bytes) complain(key, fmt::format("is longer than {} bytes", text_bytes));
  // The databases' text ends at a NUL.
  if (text->find('\0') != boost::json::string::npos) complain(key, "holds a NUL character (\\u0000): take it out");
  return {text->data(), text->size()};
}

std::optional<std::string> HistoryFields::optional_text(std::string_view key) {
  const auto* value = find(key);
  if (!value) return {};
  return checked(key, *value);
}

std::string HistoryFields::text(std::string_view key) {
  return optional_text(key).value_or(std::string());
}

std::optional<std::string> HistoryFields::optional_id(std::string_view key) {
  auto id = optional_text(key);
  if (id && id->empty()) complain(key, "is empty: give the source's own id");
  if (id && id->size() > id_bytes) complain(key, fmt::format("is longer than {} bytes", id_bytes));
  return id;
}

std::string HistoryFields::id(std::string_view key) {
  auto id = optional_id(key);
  if (!id) complain(key, "is missing: give the source's own id as a string");
  return std::move(id).value_or(std::string());
}

std::optional<Instant> HistoryFields::optional_instant(std::string_view key) {
  const auto given = optional_text(key);
  if (!given) return {};
  const auto instant = parse_rfc3339(*given);
  if (!instant) complain(key, "is not a time: write it as RFC 3339, such as \"2026-11-22T09:00:00.5Z\"");
  return instant;
}

Instant HistoryFields::instant(std::string_view key) {
  const auto instant = optional_instant(key);
  if (!instant) complain(key, "is missing: give the time as RFC 3339, such as \"2026-11-22T09:00:00.5Z\"");
  return instant.value_or(Instant{});
}

bool HistoryFields::flag(std::string_view key, bool otherwise) {
  const auto* value = find(key);
  if (!value) return otherwise;
  if (const auto* flag = value->if_bool()) return *flag;
  complain(key, "is neither true nor false");
  return otherwise;
}

std::optional<std::int64_t> HistoryFields::seconds(std::string_view key) {
  const auto* value = find(key);
  if (!value) return {};
  boost::system::error_code inexact;
  const auto seconds = value->is_number() ? value->to_number<std::int64_t>(inexact) : 0;
  if (inexact || seconds < 1 || seconds > longest_target_seconds)
    complain(key, "is not a whole number of seconds from 1 to ten years");
  return seconds;
}

std::vector<std::string> HistoryFields::texts(std::string_view key) {
  const auto* value = find(key);
  if (!value) return {};
  const auto* array = value->if_array();
  if (!array) {
    complain(key, "is not a list: write it as [\"…\", \"…\"]");
    return {};
  }
  std::vector<std::string> texts;
  texts.reserve(array->size());
  for (const auto& item : *array) {
    texts.push_back(checked(key, item));
    if (texts.back().empty()) complain(key, "has an empty entry");
  }
  return texts;
}

bool HistoryFields::is_null(std::string_view key) const {
  const auto* value = line_.if_contains(key);
  return value && value->is_null();
}

std::vector<const boost::json::object*> HistoryFields::objects(std::string_view key, std::string_view example) {
  std::vector<const boost::json::object*> objects;
  const auto* value = find(key);
  if (!value) return objects;
  const auto* array = value->if_array();
  if (!array) complain(key, fmt::format("is not a list of {}", example));
  for (std::size_t i = 0; array && i < array->size(); ++i) {
    const auto* object = (*array)[i].if_object();
    if (object)
      objects.push_back(object);
    else
      complain(key, fmt::format("has an entry that is not {}", example));
  }
  return objects;
}

Traits HistoryFields::traits(std::string_view key) {
  const auto* value = find(key);
  if (!value) return {};
  const auto* object = value->if_object();
  if (!object) {
    complain(key, "is not an object: write it as {\"plan\":\"pro\"}");
    return {};
  }
  Traits traits;
  for (const auto& [name, trait] : *object) traits.emplace(name, boost::json::serialize(trait));
  return traits;
}

HistoryActor HistoryFields::actor(std::string_view key) {
  const std::string given = text(key);
  const auto colon = given.find(':');
  HistoryActor actor{.kind = ActorKind::system, .id = colon == given.npos ? "" : given.substr(colon + 1)};
  const auto kind = parse<ActorKind>(std::string_view(given).substr(0, colon));
  if (kind) actor.kind = *kind;
  const bool needs_id = actor.kind == ActorKind::agent;
  const bool may_have_id = needs_id || actor.kind == ActorKind::customer;
  const bool has_id = !actor.id.empty();
  if (!kind || (needs_id && !has_id) || (colon != given.npos && (!may_have_id || !has_id)) ||
      actor.id.size() > id_bytes)
    complain(key, "does not say who: write \"agent:ID\", \"customer\", \"customer:ID\", \"third_party\" or \"system\"");
  return actor;
}

Traits HistoryFields::rest() const {
  Traits rest;
  for (const auto& [name, value] : line_)
    if (std::ranges::find(known_, std::string_view(name)) == known_.end())
      rest.emplace(name, boost::json::serialize(value));
  return rest;
}

}  // namespace fifteen::desk
