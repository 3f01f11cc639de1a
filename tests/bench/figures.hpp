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

// Goals and whether they held; what missed is told on standard error, too.
class Goals {
 public:
  void at_least(const std::string& name, double value, double goal) { note(name, value, goal, value >= goal); }
  void at_most(const std::string& name, double value, double goal) { note(name, value, goal, value <= goal); }
  bool all_held() const { return missed_ == 0; }

 private:
  void note(const std::string& name, double value, double goal, bool held) {
    std::cerr << fmt::format("{} {}: {:.3g}, goal {:.3g}\n", held ? "holds " : "MISSES", name, value, goal);
    if (!held) ++missed_;
  }
  int missed_ = 0;
};

}  // namespace fifteen::bench
