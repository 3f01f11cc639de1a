#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/base/clock.hpp"

namespace fifteen::store {
class Session;
}

// Articles to write next: groups of questions that found no answer, or none that helped, of the last 90 days. Found by
// a job, for it takes seconds, and kept.
namespace fifteen::desk {

struct Topic {
  std::string title;                  // its most typical question
  std::vector<std::string> words;     // the commonest
  std::vector<std::string> examples;  // further questions
  std::string locale;
  std::int64_t drafts = 0;
  std::int64_t tickets = 0;  // that they became
  // Of those: how many an article would have kept from being sent, if it works as those that there are. None: what they
  // do is not known yet.
  std::optional<std::int64_t> would_save;
};

// What a search for topics starts from, read in a job of its own.
struct TopicQuestion {
  std::string text, locale;
  std::int64_t drafts = 0, tickets = 0;
};
struct TopicInput {
  std::vector<TopicQuestion> questions;
  std::optional<double> kept_share;  // of those who would have sent: lift over P(sent | withheld)
};
TopicInput topic_input(store::Session& sql, Instant now);
// Seconds of CPU, no database. Those of at least two drafts, the one that saves most first; 30 at most.
std::vector<Topic> find_topics(const TopicInput& input);
void keep_topics(store::Session& sql, const std::vector<Topic>& topics, Instant now);
std::optional<Instant> topics_found_at(store::Session& sql);  // and kept
std::vector<Topic> kept_topics(store::Session& sql);

}  // namespace fifteen::desk
