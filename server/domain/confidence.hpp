#pragma once
#include <cstdint>

namespace fifteen {

struct Interval {
  double low = 0;
  double high = 1;
};

// The 95 % interval of a proportion: Wilson's score interval (JASA 22, 1927). 0 of 0 may be anything.
Interval wilson(std::int64_t hits, std::int64_t of);

// The 95 % interval of p1 − p2 for independent samples: Newcombe's hybrid score interval, without continuity correction
// (Statistics in Medicine 17, 1998, method 10).
Interval newcombe(std::int64_t hits1, std::int64_t of1, std::int64_t hits2, std::int64_t of2);

}  // namespace fifteen
