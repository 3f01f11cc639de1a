#pragma once
#include <chrono>
#include <string>

#include "server/base/error.hpp"
#include "server/store/surveys.hpp"

// One question on a card of the widget.
namespace fifteen::desk {

constexpr std::chrono::days survey_rest{14};  // between two, of whatever kind

// Whether this person may be shown it: each once, and none for a while after another. What may be shown counts as
// shown.
bool may_show_survey(store::Session& sql, const store::Survey& survey, Instant now);
// errc::not_found: she was not shown it. errc::already_done: she has answered.
result<void> answer_survey(store::Session& sql, const std::string& survey, const std::string& person,
                           const std::string& answer, Instant now);

}  // namespace fifteen::desk
