#pragma once
#include <expected>
#include <string>
#include <string_view>

#include "server/desk/history/history_record.hpp"

namespace fifteen::desk {

// Reads one line of a history file. The error says which key is wrong, how, and how to mend it; the line's number is
// the caller's to add.
std::expected<HistoryRecord, std::string> parse_history_line(std::string_view line);

// The line that reads as this record, keys in a fixed order, without the newline.
std::string to_history_line(const HistoryRecord& record);

}  // namespace fifteen::desk
