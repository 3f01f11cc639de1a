#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace fifteen::mail {

// Lines [begins, ends) are the sender's signature; what follows `ends` is a footer of somebody else (a list, a
// scanner).
struct Signature {
  std::size_t begins = 0, ends = 0;
};

// Looks at the tail of lines [begin, end). None: begins == ends == end.
Signature find_signature(const std::vector<std::string_view>& lines, std::size_t begin, std::size_t end);

}  // namespace fifteen::mail
