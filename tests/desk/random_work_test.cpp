#include "tests/desk/random_work.hpp"

namespace fifteen::desk {

TEST_P(RandomWork, LeavesTheRowsThatTheFactsReckonTo) {
  for (int step_number = 0; step_number < 300; ++step_number) {
    step();
    if (step_number % 10 == 0) check();
    if (HasFailure()) FAIL() << "at step " << step_number;
  }
  check();
  EXPECT_GT(taken_back_, 0);
}

FIFTEEN_BOTH_DATABASES(RandomWork);

}  // namespace fifteen::desk
