#include "server/desk/suggestions/suggestion_threshold.hpp"

#include <charconv>

#include <boost/json.hpp>

#include "search/suggest.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr const char* own_setting = "suggestions.threshold";            // a number, or empty
constexpr const char* automatic_setting = "suggestions.own_threshold";  // likewise
constexpr const char* trial_setting = "suggestions.trial";              // {"questions":120,"steps":[[0.02,110,90],…]}

std::optional<double> number_in(store::Session& sql, const char* name) {
  const std::string kept = store::setting(sql, name).value_or("");
  double number = 0;
  const auto [end, error] = std::from_chars(kept.data(), kept.data() + kept.size(), number);
  if (error != std::errc() || end != kept.data() + kept.size()) return {};
  return number;
}

std::string trial_text(int questions, const std::vector<ThresholdStep>& steps) {
  json::array list;
  for (const auto& [threshold, shown, right] : steps) list.push_back(json::array{threshold, shown, right});
  return json::serialize(json::object{{"questions", questions}, {"steps", std::move(list)}});
}

std::string text_of(double number) {
  return json::serialize(json::value(number));
}

}  // namespace

Threshold read_threshold(store::Session& sql) {
  Threshold threshold{.own = number_in(sql, own_setting),
                      .automatic = number_in(sql, automatic_setting).value_or(search::SuggestQuery{}.threshold)};
  const std::string trial = store::setting(sql, trial_setting).value_or("");
  if (trial.empty()) return threshold;
  const json::object kept = json::parse(trial).as_object();
  threshold.questions = static_cast<int>(kept.at("questions").to_number<std::int64_t>());
  for (const json::value& step : kept.at("steps").as_array())
    threshold.steps.push_back({step.at(0).to_number<double>(), static_cast<int>(step.at(1).to_number<std::int64_t>()),
                               static_cast<int>(step.at(2).to_number<std::int64_t>())});
  return threshold;
}

double threshold_in_force(store::Session& sql) {
  if (const auto own = number_in(sql, own_setting)) return *own;
  return number_in(sql, automatic_setting).value_or(search::SuggestQuery{}.threshold);
}

result<void> choose_threshold(store::Session& sql, const Actor& actor, std::optional<double> own) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (own && !(*own >= 0 && *own <= 1)) return errc::invalid;
  store::set_setting(sql, own_setting, own ? text_of(*own) : "");
  return {};
}

bool is_known(store::Session& sql, double automatic, int questions, const std::vector<ThresholdStep>& steps) {
  return store::setting(sql, automatic_setting) == text_of(automatic) &&
         store::setting(sql, trial_setting) == trial_text(questions, steps);
}

void keep_threshold(store::Session& sql, double automatic, int questions, const std::vector<ThresholdStep>& steps) {
  store::set_setting(sql, automatic_setting, text_of(automatic));
  store::set_setting(sql, trial_setting, trial_text(questions, steps));
}

}  // namespace fifteen::desk
