#include "server/store/surveys.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

std::vector<Survey> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<Survey> found;
  for (auto& [survey, person, kind, question, shown_at, answer, answered_at] :
       sql.all<std::string, std::string, std::string, std::string, Instant, std::optional<std::string>,
               std::optional<Instant>>(
           std::string("SELECT survey, person, kind, question, shown_at, answer, answered_at FROM surveys ") + where,
           binds))
    found.push_back({std::move(survey), std::move(person), std::move(kind), std::move(question), shown_at,
                     std::move(answer), answered_at});
  return found;
}

}  // namespace

std::optional<Survey> find_survey(Session& sql, std::string_view survey, std::string_view person) {
  auto found = select(sql, "WHERE survey = :survey AND person = :person", {{"survey", survey}, {"person", person}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::optional<Instant> last_survey_of(Session& sql, std::string_view person) {
  // Index surveys_person.
  const auto row = sql.one<Instant>(
      "SELECT shown_at FROM surveys WHERE person = :person ORDER BY shown_at DESC LIMIT 1", {{"person", person}});
  if (!row) return {};
  return std::get<0>(*row);
}

void add_survey(Session& sql, const Survey& survey) {
  sql.insert_new(
      "surveys (survey, person, kind, question, shown_at) VALUES (:survey, :person, :kind, :question, :shown)",
      {{"survey", survey.survey},
       {"person", survey.person},
       {"kind", survey.kind},
       {"question", clip(survey.question, 500)},
       {"shown", survey.shown_at}});
}

void answer_survey(Session& sql, const Survey& survey) {
  sql.run("UPDATE surveys SET answer = :answer, answered_at = :at WHERE survey = :survey AND person = :person",
          {{"answer", survey.answer ? std::optional(clip(*survey.answer, 500)) : std::nullopt},
           {"at", survey.answered_at},
           {"survey", survey.survey},
           {"person", survey.person}});
}

std::vector<Survey> answers_of(Session& sql, std::string_view survey, Instant before, std::string_view before_person,
                               int limit) {
  // Index surveys_answered.
  return select(sql,
                "WHERE survey = :survey AND answered_at <= :at AND (answered_at < :at OR person < :person) "
                "ORDER BY answered_at DESC, person DESC LIMIT :limit",
                {{"survey", survey}, {"at", before}, {"person", before_person}, {"limit", limit}});
}

}  // namespace fifteen::store
