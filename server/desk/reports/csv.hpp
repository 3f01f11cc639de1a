#pragma once
#include <string>
#include <string_view>

namespace fifteen::desk {

// A text as a cell of a CSV file: in quotes, and never one that a spreadsheet would take for a formula (OWASP, "CSV
// Injection").
std::string csv_text(std::string_view text);

}  // namespace fifteen::desk
