#include "server/desk/suggestions/suggestion_threshold.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/http/fields.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object threshold_json(const desk::Threshold& threshold) {
  json::array steps;
  for (const auto& [at, shown, right] : threshold.steps)
    steps.push_back(json::object{{"threshold", at}, {"shown", shown}, {"right", right}});
  return {{"own", threshold.own ? json::value(*threshold.own) : json::value()},
          {"automatic", threshold.automatic},
          {"in_force", threshold.in_force()},
          {"questions", threshold.questions},
          {"steps", std::move(steps)}};
}

}  // namespace

Reply read_suggestion_threshold(store::Session& sql, const Call&) {
  return ok(threshold_json(desk::read_threshold(sql)));
}

Reply change_suggestion_threshold(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const json::value* wish = fields.members().if_contains("own");
  if (!wish)
    fields.complain("own", "This is needed: a number from 0 to 1, or null.");
  else if (!wish->is_null() && !(wish->is_number() && wish->to_number<double>() >= 0 && wish->to_number<double>() <= 1))
    fields.complain("own", "This is a number from 0 to 1, or null.");
  if (!fields.are_fine()) return fields.problem();
  const auto own = wish->is_null() ? std::nullopt : std::optional(wish->to_number<double>());
  const auto chosen = desk::choose_threshold(sql, actor_of(call), own);
  return chosen ? ok(threshold_json(desk::read_threshold(sql))) : problem(chosen.error());
}

}  // namespace fifteen::http::routes
