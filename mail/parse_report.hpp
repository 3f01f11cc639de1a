#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::mail {

enum class ParseAs { message, text, html };

struct ParseInput {
  std::string file;  // as the caller names it
  std::string bytes;
};

// What `fifteen mail parse` prints: how intake reads each input, one JSON object a line, in their order. Messages whose
// ids link them carry the same "thread": the name of the thread's first file.
std::string parse_report(const std::vector<ParseInput>& inputs, ParseAs as);

}  // namespace fifteen::mail
