#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/reports/response_times.hpp"
#include "server/desk/team/access.hpp"
#include "server/domain/digest_week.hpp"
#include "server/store/digests.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/ratings.hpp"

// The weekly mail to managers: last week's figures, as the page of response times tells them, against the week before.
namespace fifteen::desk {

// errc::forbidden: managers and admins get it. errc::invalid: no such zone.
result<store::DigestChoice> digest_choice(store::Session& sql, const Actor& actor);
result<void> choose_digest(store::Session& sql, const Actor& actor, const store::DigestChoice& choice);

struct DueDigest {
  store::DigestReader reader;
  TimeZone zone;
  DigestWeek week;
};
// Those that are to be told now: due, not settled, still news.
std::vector<DueDigest> due_digests(store::Session& sql, Instant now);

struct DigestFigures {
  ResponseTimes times;
  std::vector<store::ListedRating> thanks;  // those with words, the latest first
  std::int64_t thanked = 0;                 // all of them
};
DigestFigures digest_figures(store::Session& sql, const DueDigest& due, Instant now);
// Nothing happened in either week: there is nothing to tell.
bool is_empty(const DigestFigures& figures);
// `site`: where its link leads; empty: it has none.
store::QueuedMail write_digest(const DueDigest& due, const DigestFigures& figures, const std::string& site,
                               const mail::Address& from);

// Queues it and settles the week, unless another node was faster. Without a mail it is settled in silence.
bool tell_digest(store::Session& sql, const DueDigest& due, const std::optional<store::QueuedMail>& mail, Instant now);

}  // namespace fifteen::desk
