#pragma once
#include <vector>

#include "search/documents.hpp"
#include "search/learn.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// Records as the search index takes them. A reply that was taken back and a merged ticket's shell are not found again.

// The tickets of these ids that are to be found; one that is missing here is to be removed.
std::vector<search::Ticket> tickets_to_index(Session& sql, const std::vector<TicketId>& ids);
// By id, behind `after`: to build an index. Every ticket there is counts towards `limit`, so that fewer may come back;
// `last` is set to the last id looked at and stays 0 at the end.
std::vector<search::Ticket> tickets_to_index(Session& sql, TicketId after, int limit, TicketId& last);

// With the questions that each article answered.
std::vector<search::Article> articles_to_index(Session& sql, ArticleId after, int limit);
// No row: the article is gone.
std::vector<search::Article> article_to_index(Session& sql, ArticleId id);

// Ideas that everybody may see, by id, behind `after`.
std::vector<search::Idea> ideas_to_index(Session& sql, IdeaId after, int limit);
// No row: it is hidden or merged.
std::vector<search::Idea> idea_to_index(Session& sql, IdeaId id);

// What learning reads (search/learn.hpp): articles that may be suggested, without the questions they answered …
std::vector<search::Article> articles_to_learn(Session& sql, ArticleId after, int limit);
std::vector<search::Article> articles_to_learn(Session& sql, const std::vector<ArticleId>& ids);
// … ideas that customers may see, those most wished for …
std::vector<search::Idea> ideas_to_learn(Session& sql, int limit);
// … and the questions of the last `limit` lessons that count, oldest first, each once with all that was said of it.
std::vector<search::Lesson> lessons_to_learn(Session& sql, int limit);
// Questions that were sent though a list of answers stood beside them and none of it helped; oldest first.
std::vector<search::Lesson> unanswered_questions(Session& sql, Instant from, Instant to, int limit);

}  // namespace fifteen::store
