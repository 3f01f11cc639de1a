#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"
#include "server/base/error.hpp"
#include "server/store/articles.hpp"
#include "server/store/session.hpp"

// "This solved it": the links beside the articles that an acknowledgement suggests (suggestion_mail.hpp). The token is
// the proof, so mails are to be read by their reader alone; that machines open every link is the page's matter.
namespace fifteen::desk {

constexpr std::chrono::days solved_link_lasts{90};

// What a link leads to.
struct SolvedLink {
  enum class State {
    asked,     // the question waits for its first answer: it can be closed
    solved,    // its customer has said that it is solved
    answered,  // a person was faster
    closed,    // by a person
    merged,    // into another question
  };
  State state = State::asked;
  TicketId ticket;
  std::string question;  // how it begins
  store::Article article;
  bool may_take_back = false;  // of solved
};
// errc::not_found: not a link of ours, or its article is no longer public. errc::expired: too old.
result<SolvedLink> follow_solved_link(store::Session& sql, std::string_view token, Instant now);

// The question is solved by this article (true), or not after all. What can't be any more (the ticket went on) changes
// nothing; what is so already, neither. Returns what the link leads to then. The same errors.
result<SolvedLink> press_solved_link(store::Session& sql, std::string_view token, bool is_solved, Instant now);

}  // namespace fifteen::desk
