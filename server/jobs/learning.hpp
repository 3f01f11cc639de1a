#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <stop_token>

#include "search/suggest.hpp"
#include "server/store/database.hpp"

namespace fifteen::jobs {

// Teaches the suggester from the records: what articles say and what lessons say of them
// (desk/suggestions/lessons.hpp). All of it is learned anew when something of it has changed, in one order, so that
// every node knows the same and a lesson taken back is as if it had never been. Only the result is kept, in a file of
// the index's folder.
class Learning {
 public:
  Learning(store::Database& records, const std::filesystem::path& index_folder, search::Suggester& suggester,
           const Clock& clock)
      : records_(records), file_(index_folder / "learned"), suggester_(suggester), clock_(clock) {}

  // Reads and learns. Blocks for as long as that takes (seconds at most, search/learn.hpp), but gives up when asked to.
  // Returns how long to rest before the next time: a tenth of the time goes to learning, and a lesson waits for less
  // than a minute.
  std::chrono::milliseconds learn(std::stop_token stop = {});
  // Finds the desk's threshold from its own outcomes, by learning once more without some of the questions. learn()
  // does so once an hour when there is something new.
  void try_threshold(std::stop_token stop = {});

 private:
  void learn_anew(std::stop_token stop);
  void find_threshold(const search::Material& material, std::stop_token stop);

  store::Database& records_;
  const std::filesystem::path file_;
  search::Suggester& suggester_;
  const Clock& clock_;
  std::optional<std::chrono::steady_clock::time_point> tried_at_;
};

}  // namespace fifteen::jobs
