#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/session.hpp"

// Below which confidence nothing is suggested: nothing shown beats nonsense shown. The desk's own outcomes say where
// (search/trial.hpp), unless an admin does.
namespace fifteen::desk {

// What a threshold would have shown of past questions.
struct ThresholdStep {
  double threshold = 0;
  int shown = 0;
  int right = 0;  // of those: an article that answered the question was among the first three
};
struct Threshold {
  std::optional<double> own;  // an admin's
  double automatic = 0;
  int questions = 0;                 // that the automatic one comes from; 0: too few, it is the default
  std::vector<ThresholdStep> steps;  // ascending
  double in_force() const { return own.value_or(automatic); }
};
Threshold read_threshold(store::Session& sql);
double threshold_in_force(store::Session& sql);

// None: back to the automatic one. errc::forbidden; errc::invalid: not from 0 to 1.
result<void> choose_threshold(store::Session& sql, const Actor& actor, std::optional<double> own);
// By the learning job. What is known already is not written again.
bool is_known(store::Session& sql, double automatic, int questions, const std::vector<ThresholdStep>& steps);
void keep_threshold(store::Session& sql, double automatic, int questions, const std::vector<ThresholdStep>& steps);

}  // namespace fifteen::desk
