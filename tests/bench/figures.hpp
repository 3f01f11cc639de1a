#pragma once
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace fifteen::bench {

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.at(values.size() / 2);
}

// One line of what scripts/bench prints. `peer` is what `value` is held against: a rival in the same run, or a goal.
inline void print(const std::string& name, double value, const std::string& unit, double peer, double ratio) {
  std::cout << fmt::format(R"({{"bench":"{}","value":{:.3g},"unit":"{}","peer":{:.3g},"ratio":{:.2f}}})", name, value,
                           unit, peer, ratio)
            << std::endl;
}
inline void print(const std::string& name, double value, const std::string& unit, double peer) {
  print(name, value, unit, peer, value / peer);
}

}  // namespace fifteen::bench
