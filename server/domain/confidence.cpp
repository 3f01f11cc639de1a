#include "server/domain/confidence.hpp"

#include <algorithm>
#include <cmath>

namespace fifteen {
namespace {

constexpr double z = 1.959963984540054;  // the normal distribution's 97.5 % quantile

double share(std::int64_t hits, std::int64_t of) {
  return of > 0 ? static_cast<double>(hits) / static_cast<double>(of) : 0.5;
}

}  // namespace

Interval wilson(std::int64_t hits, std::int64_t of) {
  if (of <= 0) return {0, 1};
  const auto n = static_cast<double>(of);
  const double p = share(hits, of);
  const double middle = p + z * z / (2 * n);
  const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // At the ends the bounds are exact; rounding must not leave them a hair inside or outside.
  return {hits == 0 ? 0 : std::max(0.0, (middle - reach) / scale),
          hits == of ? 1 : std::min(1.0, (middle + reach) / scale)};
}

Interval newcombe(std::int64_t hits1, std::int64_t of1, std::int64_t hits2, std::int64_t of2) {
  const double p1 = share(hits1, of1), p2 = share(hits2, of2);
  const Interval one = wilson(hits1, of1), two = wilson(hits2, of2);
  const double difference = p1 - p2;
  return {difference - std::hypot(p1 - one.low, two.high - p2), difference + std::hypot(one.high - p1, p2 - two.low)};
}

}  // namespace fifteen
