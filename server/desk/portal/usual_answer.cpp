#include "server/desk/portal/usual_answer.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "server/desk/hours/mailbox_hours.hpp"
#include "server/desk/hours/opening_words.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/domain/statistics.hpp"
#include "server/store/settings.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t replies = 20;
constexpr std::chrono::days looked_back{30};
// Of the latest first waits; among them stand those that nobody answered or that are running.
constexpr int waits_at_most = 100;
// The oldest come first: so many that wait in vain outweigh the replies, however many more there are.
constexpr int running_at_most = 100;

bool is_fresh(Instant reckoned_at, Instant now) {
  return now >= reckoned_at && now - reckoned_at < std::chrono::minutes{1};
}

constexpr std::chrono::minutes shortest{15}, in_minutes{90}, longest{24 * 60};

}  // namespace

std::optional<Microseconds> usual_answer_time(store::Session& sql, Instant now) {
  std::vector<Microseconds> times;
  for (const store::TimedWait& wait : store::first_waits_since(sql, now - looked_back, waits_at_most))
    if (wait.ending == Ending::answered && times.size() < replies) times.push_back(wait.business);
  if (times.size() < replies) return {};
  MailboxHours hours(sql);
  for (const store::TimedWait& wait : store::running_first_waits(sql, now - looked_back, running_at_most))
    if (const auto age = hours.of(wait.mailbox).business_time(wait.started_at, now); age > wait.target)
      times.push_back(age);
  std::ranges::sort(times);
  return times[rank_of(50, times.size()) - 1];
}

std::optional<Microseconds> noted_usual_answer_time(store::Session& sql, Instant now) {
  constexpr std::int64_t unknown = -1;
  std::istringstream note(store::setting(sql, "usual_answer").value_or(""));
  std::int64_t reckoned_at = 0, us = unknown;
  if (note >> reckoned_at >> us && is_fresh(from_us(reckoned_at), now))
    return us == unknown ? std::nullopt : std::optional(Microseconds{us});
  const auto time = usual_answer_time(sql, now);
  store::set_setting(sql, "usual_answer", fmt::format("{} {}", to_us(now), time ? time->count() : unknown));
  return time;
}

std::optional<Microseconds> KeptUsualAnswer::of(store::Session& sql, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (kept_ && is_fresh(kept_->reckoned_at, now)) return kept_->time;
  }
  const auto time = usual_answer_time(sql, now);
  const std::lock_guard lock(mutex_);
  kept_ = {now, time};
  return time;
}

std::optional<std::chrono::minutes> promised_within(std::optional<Microseconds> usual) {
  if (!usual) return {};
  const auto whole = std::chrono::ceil<std::chrono::minutes>(*usual);
  const auto up_to = [whole](std::chrono::minutes step) {
    return (whole + step - std::chrono::minutes{1}) / step * step;
  };
  auto within = std::max(shortest, up_to(std::chrono::minutes{5}));
  if (within > in_minutes) within = up_to(std::chrono::hours{1});
  if (within > longest) return {};
  return within;
}

std::string promise_words(store::Session& sql, std::string_view language, MailboxId mailbox,
                          std::optional<Microseconds> usual, Instant now) {
  if (!mailbox) {
    const auto mailboxes = store::mailboxes(sql);
    if (mailboxes.empty()) return {};
    mailbox = mailboxes.front().id;
  }
  return promise_words(language, MailboxHours(sql).of(mailbox), usual, now);
}

std::string promise_words(std::string_view language, const Schedule& hours, std::optional<Microseconds> usual,
                          Instant now) {
  if (hours.next_opening(now) != now) return opening_words(language, hours, now);
  const auto within = promised_within(usual);
  if (!within) return {};
  const bool is_hours = *within > in_minutes;
  return mail_text(language, is_hours ? "mail.usually_hours" : "mail.usually_minutes",
                   {{"n", std::to_string(within->count() / (is_hours ? 60 : 1))}});
}

}  // namespace fifteen::desk
