#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "server/desk/history/history_record.hpp"

namespace fifteen::desk {

// What kind of thing an id names.
enum class HistoryThing { schedule, mailbox, agent, customer, article, ticket, message };
inline constexpr std::size_t history_things = 7;
std::string_view word(HistoryThing thing);

// How a line speaks of a thing.
enum class Mention {
  brings,        // it is the thing's line, or one of them
  brings_once,   // its only line
  needs,         // the thing's line may come later
  needs_before,  // must have come before
};

// Every id of another system that a line names.
using OnName = std::function<void(HistoryThing thing, const std::string& id, Mention mention)>;
void each_name(const HistoryRecord& record, const OnName& visit);

}  // namespace fifteen::desk
