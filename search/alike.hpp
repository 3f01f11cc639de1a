#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::search {

// The places of those texts that share most with a question, by words and runs of letters that are rare among them; the
// most alike first, none that shares nothing. Reads all of them: for some hundred.
std::vector<std::size_t> most_alike(std::string_view question, std::string_view locale,
                                    std::span<const std::string> texts, std::size_t most);

}  // namespace fifteen::search
