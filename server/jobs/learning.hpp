#pragma once
#include <chrono>
#include <stop_token>

#include "search/suggest.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Teaches the suggester from the records: what articles say and what lessons say of them (desk/lessons.hpp). All of it
// is learned anew each time, in one order, so that every node knows the same and a lesson taken back is as if it had
// never been. Only the result is kept, in memory.
class Learning {
 public:
  Learning(store::Database& records, search::Suggester& suggester) : records_(records), suggester_(suggester) {}

  // Reads and learns. Blocks for as long as that takes (seconds at most, search/learn.hpp), but gives up when asked to.
  // Returns how long to rest before the next time: a tenth of the time goes to learning, and a lesson waits for less
  // than a minute.
  std::chrono::milliseconds learn(std::stop_token stop = {});

 private:
  store::Database& records_;
  search::Suggester& suggester_;
};

}  // namespace fifteen::jobs
