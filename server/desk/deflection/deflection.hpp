#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/base/clock.hpp"
#include "server/base/error.hpp"
#include "server/desk/deflection/visits.hpp"
#include "server/desk/suggestions/suggestions.hpp"
#include "server/domain/words.hpp"

namespace fifteen::store {
class Session;
struct QuestionDraft;
}  // namespace fifteen::store

// What stands beside a draft of a question, and what becomes of it (docs/clock "Deflection").
namespace fifteen::desk {

// A list of answers as it was reckoned for a draft, whether it was shown or kept from the control group.
struct ListNoted {
  std::string visitor, session;
  Channel channel = Channel::form;  // form, widget; email: the list in a ticket's acknowledgement
  std::string locale, query;
  std::vector<Suggested> list;
  bool withheld = false;
  TicketId ticket;
  int brand = 0;
};
// Keeps the draft's newest list and words. Nothing happens when the draft is over: sent, or 30 minutes without a sign.
void note_list(store::Session& sql, const ListNoted& noted, Instant now);
// The same of a ticket that was opened a moment ago: nothing can have been noted of it before.
void note_first_list(store::Session& sql, const ListNoted& noted, Instant now);

// The draft has begun, though no list of it was noted yet: another node has it, or there was none.
void begin_draft(store::Session& sql, const ListNoted& noted, Instant now);

// What was gathered of a draft before it was written: its newest list, and whether an earlier one held answers.
struct ListsNoted {
  ListNoted newest;
  bool held_answers = false;
  Instant first_at{}, last_at{};
};
void note_lists(store::Session& sql, const ListsNoted& noted, Instant now);

enum class DeflectionEvent { show, helpful, not_helpful, solved, sent };
std::optional<DeflectionEvent> parse_deflection_event(std::string_view word);

// `article` may be none; `ticket` is the one that a sent draft became. Events count once; one may come before its
// draft's first list. A lesson for the suggestions goes with helpful, not_helpful and solved. errc::expired: the draft
// was over; what is sent so late is still told apart by its ticket, and no error. errc::not_found: no such article.
// errc::too_many: more events than a draft can have.
result<void> note_event(store::Session& sql, std::string_view session, DeflectionEvent event, ArticleId article,
                        TicketId ticket, Instant now);

// The customer took back that this article of her acknowledgement solved it: as if she had never said so.
void take_back_solved(store::Session& sql, TicketId ticket, ArticleId article, Instant now);

inline constexpr std::chrono::minutes draft_lasts{30};  // without a sign of life
inline constexpr std::chrono::hours longest_draft{24};
// Sent, abandoned for so long, or as long as no person's.
bool is_over(const store::QuestionDraft& draft, Instant at);

}  // namespace fifteen::desk
