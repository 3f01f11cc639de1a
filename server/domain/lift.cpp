#include "server/domain/lift.hpp"

#include <algorithm>
#include <cmath>

namespace fifteen {
namespace {

constexpr double z_level = 1.959963984540054;  // the normal distribution's 97.5 % quantile
constexpr double z_power = 0.841621233572914;  // and 80 %
constexpr std::int64_t too_few_to_tell = 20;   // of the control group, for a share of its own
// Before there are any visitors of either kind.
constexpr double usual_others_each = 9;

double spread(double p) {
  return p * (1 - p);
}

}  // namespace

std::optional<double> visitors_needed(double share1, double share2, double others_each) {
  const double difference = share1 - share2;
  if (difference == 0 || others_each <= 0) return {};
  const double pooled = (share1 + others_each * share2) / (1 + others_each);
  const double reach = z_level * std::sqrt((1 + 1 / others_each) * spread(pooled)) +
                       z_power * std::sqrt(spread(share1) + spread(share2) / others_each);
  return reach * reach / (difference * difference);
}

Lift lift(const SentShare& withheld, const SentShare& list) {
  Lift found;
  if (withheld.visitors > 0 && list.visitors > 0) {
    found.difference = *withheld.share() - *list.share();
    found.interval = newcombe(withheld.sent, withheld.visitors, list.sent, list.visitors);
  }
  if (found.is_clear()) return found;
  // With few visitors the share is anybody's guess: half is the most careful one.
  const double before = withheld.visitors >= too_few_to_tell ? *withheld.share() : 0.5;
  const double size = std::max(std::abs(found.difference.value_or(0)), least_interesting_lift);
  const double from = std::max(before, size);
  const double others_each = withheld.visitors >= too_few_to_tell && list.visitors > 0
                                 ? static_cast<double>(list.visitors) / static_cast<double>(withheld.visitors)
                                 : usual_others_each;
  const auto needed = static_cast<std::int64_t>(std::ceil(*visitors_needed(from, from - size, others_each)));
  found.more_needed = std::max<std::int64_t>(0, needed - withheld.visitors);
  return found;
}

}  // namespace fifteen
