#pragma once
#include <chrono>
#include <optional>

#include "server/desk/history/history_import.hpp"

namespace fifteen::app {

// Says on standard error how far an import is and when it will end: every second on a terminal, every ten elsewhere.
class ImportProgressLines {
 public:
  ImportProgressLines();
  void operator()(const desk::ImportProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;

  std::chrono::seconds pace_;
  Clock::time_point last_ = Clock::now();
  std::optional<Clock::time_point> began_writing_;
};

}  // namespace fifteen::app
