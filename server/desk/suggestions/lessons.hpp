#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/lessons.hpp"
#include "server/store/messages.hpp"

// What teaches suggestions (search/suggest.hpp). A lesson is a row; that there is one more or one less is an event
// "lesson" {"article":12}, by which every node's index and learning follow.
namespace fifteen::desk {

struct LessonGiven {
  LessonSource source = LessonSource::reply;
  ArticleId article;
  TicketId ticket;           // of `reply`, and of `solved` by mail: its first words are the question
  std::string session;       // of somebody typing a question
  std::string text, locale;  // the question, where there is no ticket
  MessageId message;         // of `reply`: taken back, it teaches no longer
};
// Once a (source, article, reply, ticket or session); what has neither a known article nor a question teaches nothing.
void give_lesson(store::Session& sql, const LessonGiven& given, Instant now);

// A lesson for each article that the reply links to, by /help/… of this desk's own address or a brand's.
void teach_by_links(store::Session& sql, const store::Message& reply, std::string_view site, Instant now);
// What counts of the ticket's changed: a reply was taken back; it became spam or a duplicate, or no longer; it begins
// with other words. Called where a ticket's state is reckoned (ticket_clock.hpp).
void lessons_changed(store::Session& sql, TicketId ticket, Instant now);
// Likewise of one article: the index and learning are told.
void teaches_otherwise(store::Session& sql, ArticleId article, Instant now);

struct LessonPage {
  std::vector<store::Lesson> lessons;  // the newest first
  LessonId next;                       // to go on below; 0: that was all
};
// What an article was taught, and by what. errc::not_found. `limit`: 1 to 100.
result<LessonPage> lessons_of(store::Session& sql, ArticleId article, LessonId before, int limit);
// Takes a wrong lesson back, or gives it again. errc::not_found, forbidden. Twice changes nothing.
result<void> take_back_lesson(store::Session& sql, const Actor& actor, LessonId lesson, bool taken_back, Instant now);

}  // namespace fifteen::desk
