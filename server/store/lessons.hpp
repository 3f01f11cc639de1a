#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// That an article answered a question, or did not.
struct Lesson {
  LessonId id;
  LessonSource source = LessonSource::reply;
  ArticleId article;
  TicketId ticket;
  MessageId message;    // the reply that gave it
  std::string session;  // of somebody typing a question
  std::string text;     // the question: as kept, or the ticket's first words
  std::string locale;
  Instant given_at{};
  std::optional<Instant> taken_back_at;
  AgentId taken_back_by;
  // Neither taken back nor given by a reply that was, nor of a ticket that is spam or a merged duplicate.
  bool counts = true;
};

// False: it was given before, and nothing is changed. Of Yes and No in one place the later one stays.
bool add_lesson(Session& sql, const Lesson& lesson);
std::optional<Lesson> find_lesson(Session& sql, LessonId id);
// Of an article, the newest first, below `before` (0: from the newest on).
std::vector<Lesson> lessons_of(Session& sql, ArticleId article, LessonId before, int limit);
// Only those that count: of an article (0: of all), likewise.
std::vector<Lesson> lessons_that_count(Session& sql, ArticleId article, LessonId before, int limit);
// That this article solved this ticket.
std::optional<Lesson> solved_lesson(Session& sql, ArticleId article, TicketId ticket);
void set_taken_back(Session& sql, LessonId id, std::optional<Instant> at, AgentId by);

// Which of the articles have any lesson.
std::vector<ArticleId> taught_articles(Session& sql, const std::vector<ArticleId>& articles);
// What the ticket has taught.
std::vector<ArticleId> articles_taught_in(Session& sql, TicketId ticket);

}  // namespace fifteen::store
