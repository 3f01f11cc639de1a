#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// One question that one person was shown, and what she answered.
struct Survey {
  std::string survey;  // the site's id of the question
  std::string person;  // "id:u42", whom the site has signed for, or "visitor:" and a browser
  std::string kind;    // nps, rating, choice
  std::string question;
  Instant shown_at{};
  std::optional<std::string> answer;
  std::optional<Instant> answered_at;
};
std::optional<Survey> find_survey(Session& sql, std::string_view survey, std::string_view person);
// The last that this person was shown.
std::optional<Instant> last_survey_of(Session& sql, std::string_view person);
void add_survey(Session& sql, const Survey& survey);
void answer_survey(Session& sql, const Survey& survey);
// Those answered, the latest first, before (at, person).
std::vector<Survey> answers_of(Session& sql, std::string_view survey, Instant before, std::string_view before_person,
                               int limit);

}  // namespace fifteen::store
