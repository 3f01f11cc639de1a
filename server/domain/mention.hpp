#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/ids.hpp"

namespace fifteen {

struct Mentionable {
  AgentId agent;
  std::string name, email;
};

// Whom a note names after an "@": by the whole name, the e-mail address or the part before its "@", or by the first
// name if only one of them has it; upper and lower case of A to Z alike. "@" inside a word ("a@b.example") names
// nobody. Each once, in the order of the text.
std::vector<AgentId> mentioned(std::string_view text, std::span<const Mentionable> people);

}  // namespace fifteen
