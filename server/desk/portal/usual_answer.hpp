#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"

namespace fifteen {
class Schedule;
}
namespace fifteen::store {
class Session;
}

// How long a first reply usually takes: what customers are told, and only while it is true.
namespace fifteen::desk {

// The median, in business time, of the last 20 first replies and of every first wait that is overdue now, at its age so
// far, so that nobody who waits flatters it; of the last 30 days. None: there were fewer than 20 replies.
std::optional<Microseconds> usual_answer_time(store::Session& sql, Instant now);

// The same for jobs that write, reckoned once a minute for all of them: what it reads is more than the rest of taking a
// mail in. It is kept among the settings.
std::optional<Microseconds> noted_usual_answer_time(store::Session& sql, Instant now);

// The same for those who read, once a minute for all who ask this node. Thread-safe.
class KeptUsualAnswer {
 public:
  std::optional<Microseconds> of(store::Session& sql, Instant now);

 private:
  struct Kept {
    Instant reckoned_at;
    std::optional<Microseconds> time;
  };
  std::mutex mutex_;
  std::optional<Kept> kept_;
};

// What is promised: 15 minutes, or the next five minutes up, past an hour and a half the next hour up. None past a day:
// nothing to tell a customer who is about to ask.
std::optional<std::chrono::minutes> promised_within(std::optional<Microseconds> usual);

// "Usually answered within 15 minutes" to who writes to the mailbox now, or, outside its business hours, "We are back
// Monday 09:00"; empty when there is nothing to promise. `mailbox` 0: the one that questions without a mailbox go to.
std::string promise_words(store::Session& sql, std::string_view language, MailboxId mailbox,
                          std::optional<Microseconds> usual, Instant now);
// The same by the mailbox's business hours.
std::string promise_words(std::string_view language, const Schedule& hours, std::optional<Microseconds> usual,
                          Instant now);

}  // namespace fifteen::desk
