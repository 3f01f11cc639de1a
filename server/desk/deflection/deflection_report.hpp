#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/deflection/draft_days.hpp"
#include "server/domain/lift.hpp"
#include "server/domain/time_zone.hpp"

// How many questions were answered before they were sent (docs/clock "Deflection").
namespace fifteen::desk {

struct DeflectionWish {
  Instant from{}, to{};  // drafts that began in [from, to)
  Instant now{};
  std::optional<Channel> channel;  // none: all
  TimeZone zone;                   // of the days
};

// Drafts of form and widget. Those that go on at `now` are counted as such alone.
struct DraftCounts {
  std::int64_t lists = 0;           // ended drafts that a list stood beside
  std::int64_t solved = 0;          // of those: the visitor said so, and did not send
  std::int64_t left = 0;            // of those: abandoned after an answer was opened or found helpful
  std::int64_t sent = 0;            // of those
  std::int64_t withheld = 0;        // ended drafts of the control group that a list would have stood beside
  std::int64_t withheld_sent = 0;   // of those
  std::int64_t listed_nothing = 0;  // ended drafts whose last words found no answer
  std::int64_t open = 0;

  std::optional<double> gross() const;  // solved or left, of lists
};

struct DeflectionFigures {
  DraftCounts drafts;
  // The first draft of each visitor in the period, of those that a list stood beside or would have.
  SentShare withheld, list;
  Lift lift() const { return fifteen::lift(withheld, list); }
};

struct MailCounts {
  std::int64_t acknowledged = 0;  // tickets by mail
  std::int64_t listed = 0;        // of those: with suggestions in the acknowledgement
  std::int64_t withheld = 0;      // of those: kept from the control group
  std::int64_t solved = 0;        // of those: the customer said so before an agent answered
  std::optional<double> share() const;
};

// What was made of one article.
struct ArticleCounts {
  std::int64_t listed = 0;  // lists shown that it stood in, as they were at last
  std::int64_t opened = 0, helpful = 0, not_helpful = 0, solved = 0;
  // Of the period's first half alone.
  std::int64_t early_helpful = 0, early_not_helpful = 0;
};

struct DeflectionReport {
  DeflectionFigures total;
  std::map<Channel, DeflectionFigures> channels;
  std::map<std::chrono::local_days, DraftCounts> days;
  MailCounts mail;
  std::map<ArticleId, ArticleCounts> articles;
};
// One pass over the period's drafts.
DeflectionReport report_deflection(store::Session& sql, const DeflectionWish& wish);

}  // namespace fifteen::desk
