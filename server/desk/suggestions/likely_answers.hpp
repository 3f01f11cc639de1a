#pragma once
#include <string>
#include <vector>

#include "server/desk/suggestions/suggestions.hpp"
#include "server/desk/team/access.hpp"

// What an agent is offered beside a ticket, and what she does with it.
namespace fifteen::desk {

// An article that the customer had before her when she wrote, and what she made of it.
struct Tried {
  enum class Outcome { opened, helpful, not_helpful, solved } outcome = Outcome::opened;
  ArticleId article;
  std::string title, url;
};
std::string_view name(Tried::Outcome outcome);

struct LikelyAnswers {
  std::vector<Suggested> list;  // without those that were wrong here
  std::string language;         // "it": that of the customer's words; empty: nobody can tell
  std::vector<Tried> tried;
};
// errc::not_found: no such ticket.
result<LikelyAnswers> likely_answers(store::Session& sql, const search::Suggester* suggester, TicketId ticket);

// This answer is wrong for this ticket: it is not offered there again, and once it counts as not helpful.
// errc::not_found: no such ticket.
result<void> mark_wrong(store::Session& sql, const Actor& actor, TicketId ticket, SuggestedKind kind, std::int64_t id,
                        Instant now);

// An article drafted from a reply (answer_article.hpp). Once it is published, it answers the ticket's question.
struct SavedAnswer {
  ArticleId article;
  std::vector<std::string> to_check;
};
// errc::not_found: no such reply of an agent. errc::invalid: nothing is left of it without greeting and signature.
result<SavedAnswer> save_answer(store::Session& sql, const Actor& actor, MessageId reply, Instant now);

}  // namespace fifteen::desk
