#pragma once
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <vector>

// What the benchmarks of search share.
namespace fifteen::bench {

inline double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

inline double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

inline void report(const char* bench, double value, const char* unit) {
  std::printf("{\"bench\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"peer\":null,\"ratio\":null}\n", bench, value, unit);
  std::fflush(stdout);
}
inline void report(const char* bench, double value, const char* unit, double peer) {
  std::printf("{\"bench\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"peer\":%.3f,\"ratio\":%.3f}\n", bench, value, unit,
              peer, value / peer);
  std::fflush(stdout);
}

// What nobody else has in memory: without the files that are mapped.
inline double private_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("RssAnon:")) return std::atof(line.c_str() + 8) / 1024;
  return 0;
}

// Words with the frequencies of a natural language: the n-th is said 1/n as often as the first (Zipf).
class Writer {
 public:
  Writer() {
    double sum = 0;
    constexpr std::size_t vocabulary = 30'000;
    for (std::size_t i = 1; i <= vocabulary; ++i) sums_.push_back(sum += 1.0 / static_cast<double>(i));
  }
  std::string text(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += word() + (i % 12 == 11 ? ".\n" : " ");
    return text;
  }

 private:
  std::string word() {
    const double at = std::uniform_real_distribution<double>(0, sums_.back())(random_);
    auto rank =
        static_cast<std::size_t>(std::ranges::lower_bound(sums_, at) - sums_.begin()) * 7919 % sums_.size() + 26;
    std::string word;
    for (; rank > 0; rank /= 26) word += static_cast<char>('a' + rank % 26), word += "aeiou"[rank % 5];
    return word;
  }
  std::mt19937_64 random_{15};
  std::vector<double> sums_;
};

}  // namespace fifteen::bench
