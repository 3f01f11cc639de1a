#pragma once
#include <chrono>
#include <optional>
#include <stop_token>

#include "search/suggest.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Teaches the suggester from the records: what articles say and what lessons say of them (desk/lessons.hpp). All of it
// is learned anew each time, in one order, so that every node knows the same and a lesson taken back is as if it had
// never been. Only the result is kept, in memory.
class Learning {
 public:
  Learning(store::Database& records, search::Suggester& suggester, const Clock& clock)
      : records_(records), suggester_(suggester), clock_(clock) {}

  // Reads and learns. Blocks for as long as that takes (seconds at most, search/learn.hpp), but gives up when asked to.
  // Returns how long to rest before the next time: a tenth of the time goes to learning, and a lesson waits for less
  // than a minute.
  std::chrono::milliseconds learn(std::stop_token stop = {});
  // Finds the desk's threshold from its own outcomes, by learning once more without some of the questions. learn()
  // does so once an hour when there is something new.
  void try_threshold(std::stop_token stop = {});

 private:
  void find_threshold(const search::Material& material, std::stop_token stop);

  store::Database& records_;
  search::Suggester& suggester_;
  const Clock& clock_;
  std::optional<std::chrono::steady_clock::time_point> tried_at_;
};

}  // namespace fifteen::jobs
