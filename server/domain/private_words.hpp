#pragma once
#include <string>
#include <string_view>

namespace fifteen {

// What somebody typed, fit to be kept for statistics: one line, without addresses of mail and without numbers of eight
// digits and more (telephones, cards, accounts); an ellipsis stands for each.
std::string without_private_words(std::string_view text);

}  // namespace fifteen
