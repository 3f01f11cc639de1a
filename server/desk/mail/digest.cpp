#include "server/desk/mail/digest.hpp"

#include "server/desk/portal/ratings.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

// That of the first mailbox with business hours; UTC where there are none.
TimeZone desk_zone(store::Session& sql, Instant now) {
  for (const store::Mailbox& mailbox : store::mailboxes(sql)) {
    if (!mailbox.schedule) continue;
    const Schedule schedule = store::schedule(sql, mailbox.schedule);
    if (const auto* version = schedule.in_force(now)) return version->zone;
  }
  return {};
}

}  // namespace

result<store::DigestChoice> digest_choice(store::Session& sql, const Actor& actor) {
  if (!may(actor, Act::export_reports) || !actor.agent) return errc::forbidden;
  return store::digest_choice(sql, actor.agent);
}

result<void> choose_digest(store::Session& sql, const Actor& actor, const store::DigestChoice& choice) {
  if (!may(actor, Act::export_reports) || !actor.agent) return errc::forbidden;
  if (!choice.zone.empty() && !TimeZone::find(choice.zone)) return errc::invalid;
  store::keep_digest_choice(sql, actor.agent, choice);
  return {};
}

std::vector<DueDigest> due_digests(store::Session& sql, Instant now) {
  std::vector<DueDigest> due;
  std::optional<TimeZone> desks;
  for (store::DigestReader& reader : store::digest_readers(sql)) {
    auto zone = reader.choice.zone.empty() ? std::nullopt : TimeZone::find(reader.choice.zone);
    if (!zone) {
      if (!desks) desks = desk_zone(sql, now);
      zone = desks;
    }
    const DigestWeek week = latest_digest_week(*zone, now);
    if (is_stale(week, now) || reader.since >= week.due) continue;
    if (store::is_digest_settled(sql, reader.id, to_date(week.monday))) continue;
    due.push_back({std::move(reader), *zone, week});
  }
  return due;
}

DigestFigures digest_figures(store::Session& sql, const DueDigest& due, Instant now) {
  constexpr int most_thanks = 1000;
  ResponseTimesWish wish{.period = {due.week.from, due.week.to, now}, .is_present = true, .filter = {}};
  wish.filter.zone = due.zone;
  DigestFigures figures{.times = report_response_times(sql, wish, true)};
  auto thanks = store::list_ratings(
      sql, {.agent = {}, .score = Score::kudos, .from = due.week.from, .before = {due.week.to, 0}}, most_thanks);
  figures.thanked = std::ssize(thanks);
  for (auto& one : thanks)
    if (!one.rating.comment.empty()) figures.thanks.push_back(std::move(one));
  return figures;
}

bool is_empty(const DigestFigures& figures) {
  const auto counted = [](const Figures& f) { return f.answered + f.running + f.closed_unanswered + f.self_solved; };
  return counted(figures.times.now.total) == 0 && figures.thanked == 0 &&
         (!figures.times.before || counted(*figures.times.before) == 0);
}

bool tell_digest(store::Session& sql, const DueDigest& due, const std::optional<store::QueuedMail>& mail, Instant now) {
  if (!store::settle_digest(sql, due.reader.id, to_date(due.week.monday), now)) return false;
  if (mail) store::enqueue_mail(sql, *mail, now);
  return mail.has_value();
}

}  // namespace fifteen::desk
