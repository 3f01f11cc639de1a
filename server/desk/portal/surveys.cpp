#include "server/desk/portal/surveys.hpp"

namespace fifteen::desk {

bool may_show_survey(store::Session& sql, const store::Survey& survey, Instant now) {
  if (store::find_survey(sql, survey.survey, survey.person)) return false;
  const auto last = store::last_survey_of(sql, survey.person);
  if (last && now - *last < survey_rest) return false;
  store::add_survey(sql, survey);
  return true;
}

result<void> answer_survey(store::Session& sql, const std::string& survey, const std::string& person,
                           const std::string& answer, Instant now) {
  auto shown = store::find_survey(sql, survey, person);
  if (!shown) return errc::not_found;
  if (shown->answer) return errc::already_done;
  shown->answer = answer;
  shown->answered_at = now;
  store::answer_survey(sql, *shown);
  return {};
}

}  // namespace fifteen::desk
