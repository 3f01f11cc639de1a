#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

// Drafts of questions, the lists of answers that stood beside them, and what became of both.
namespace fifteen::store {

// What a draft's visitor has been shown up to now.
enum class Shown { nothing, list, withheld };

// What was done with a list, as bits of `acts`.
enum class DraftAct { show = 1, helpful = 2, not_helpful = 4, solved = 8 };

struct ListedAnswer {
  bool is_idea = false;
  std::int64_t id = 0;
  double score = 0;
};

struct QuestionDraft {
  std::int64_t id = 0;
  std::string session;
  std::string visitor;  // empty: an event came before the draft's first list
  Channel channel = Channel::form;
  std::int64_t brand = 0;
  std::string locale;
  Instant started_at{}, last_at{};
  std::optional<Instant> listed_at;  // the newest list
  Shown shown = Shown::nothing;
  int acts = 0;
  bool is_wanting = false;
  std::optional<Instant> sent_at;
  TicketId ticket;
  std::int64_t version = 0;
  std::string query;
  std::optional<std::vector<ListedAnswer>> answers;  // the newest list, as it stood

  bool has(DraftAct act) const { return acts & static_cast<int>(act); }
};

std::optional<QuestionDraft> find_question_draft(Session& sql, std::string_view session);
// A new one, or the known one as it was read: throws DatabaseError(retry) when somebody else was faster. Returns its
// key.
std::int64_t save_question_draft(Session& sql, const QuestionDraft& draft);
// One whose session nobody can have begun. Its row may be written later in the transaction, with others.
void add_question_draft(Session& sql, const QuestionDraft& draft);
// Each once; returns whether it is new.
bool add_draft_act(Session& sql, std::int64_t draft, DraftAct act, ArticleId article, Instant at);

// How many, 1,000 at most.
std::int64_t count_draft_acts(Session& sql, std::int64_t draft);

// What was done with articles in a ticket's drafts, in its order; at most 100.
std::vector<std::pair<DraftAct, ArticleId>> article_acts_of(Session& sql, TicketId ticket);
// As if it had never been done.
void remove_draft_act(Session& sql, std::int64_t draft, DraftAct act, ArticleId article);

// A draft with all that reports ask of it.
struct DraftActs {
  QuestionDraft draft;
  std::vector<std::pair<DraftAct, ArticleId>> acts;
};
// Those that began in [from, to), by their beginning; their visitors may be many, so no more than a day at a time.
std::vector<DraftActs> drafts_between(Session& sql, Instant from, Instant to);
// The latest whose last words found no answer, or none that helped; the newest first.
std::vector<QuestionDraft> wanting_drafts(Session& sql, Instant from, Instant to, int limit);
// Articles by whose link an agent answered a ticket in [from, to), with the draft that became the ticket; the latest
// first. Of a ticket that began with no draft there is none.
std::vector<std::pair<ArticleId, QuestionDraft>> answers_by_link(Session& sql, Instant from, Instant to, int limit);
std::optional<Instant> next_draft_start(Session& sql, Instant from);

struct ArticleName {
  ArticleId id;
  std::string slug, title, locale;
  Instant updated_at{};
};
// In no order.
std::vector<ArticleName> article_names(Session& sql, std::span<const ArticleId> ids);

// Articles to write next, in their order, as JSON: in place of those kept before.
void keep_topic_texts(Session& sql, const std::vector<std::string>& topics);
std::vector<std::string> topic_texts(Session& sql);

// Forgets up to `limit` drafts that began before an instant, with their words; returns how many.
std::int64_t drop_old_drafts(Session& sql, Instant before, int limit);

}  // namespace fifteen::store
