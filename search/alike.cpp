#include "search/alike.hpp"

#include <algorithm>

#include "search/features.hpp"
#include "search/language.hpp"
#include "search/likeness.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t text_bytes = 2u << 10;

}  // namespace

std::vector<std::size_t> most_alike(std::string_view question, std::string_view locale,
                                    std::span<const std::string> texts, std::size_t most) {
  const std::string asked = normalise(question, text_bytes);
  const std::string language = language_or_guess(locale, asked);
  Likeness::Maker maker;
  LearnedValues learned;
  for (const std::string& text : texts) {
    maker.add(static_cast<std::uint16_t>(learned.pages.size()), features_of(normalise(text, text_bytes), language), 1);
    learned.pages.emplace_back();
  }
  std::move(maker).keep(learned);
  const std::vector<float> shares = Likeness(view_of(learned)).to(features_of(asked, language));
  std::vector<std::pair<float, std::size_t>> order;
  for (std::size_t place = 0; place < shares.size(); ++place)
    if (shares[place] > 0) order.emplace_back(-shares[place], place);
  std::ranges::sort(order);
  std::vector<std::size_t> places;
  for (const auto& [share, place] : order)
    if (places.size() < most) places.push_back(place);
  return places;
}

}  // namespace fifteen::search
