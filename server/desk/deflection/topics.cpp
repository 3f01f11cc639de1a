#include "server/desk/deflection/topics.hpp"

#include <algorithm>
#include <map>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "search/topics.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/deflection_report.hpp"
#include "server/store/deflection.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr std::chrono::days looked_back{90};
constexpr std::string_view found_setting = "deflection.topics_at";
constexpr int most_drafts = 20'000;
constexpr std::size_t most_topics = 30, most_examples = 3, longest_example = 200;

json::array to_array(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}
std::vector<std::string> texts_of(const json::value& value) {
  std::vector<std::string> texts;
  for (const json::value& text : value.as_array()) texts.emplace_back(text.as_string());
  return texts;
}

// Of those who would have sent their question, the share that a list kept from it; none while the interval holds 0.
std::optional<double> kept_share(store::Session& sql, Instant now) {
  const auto figures =
      report_deflection(sql, {.from = now - looked_back, .to = now, .now = now, .channel = {}, .zone = {}}).total;
  const Lift lift = figures.lift();
  if (!lift.is_clear() || *figures.withheld.share() == 0) return {};
  return std::clamp(*lift.difference / *figures.withheld.share(), 0.0, 1.0);
}

Topic to_topic(const search::TextTopic& found, const TopicInput& input) {
  Topic topic;
  topic.words = found.words;
  for (const std::size_t i : found.members) {
    const TopicQuestion& question = input.questions[i];
    topic.drafts += question.drafts;
    topic.tickets += question.tickets;
    if (topic.title.empty()) {
      topic.title = question.text;
      topic.locale = question.locale;
    } else if (topic.examples.size() < most_examples && question.text.size() <= longest_example) {
      topic.examples.push_back(question.text);
    }
  }
  if (input.kept_share)
    topic.would_save = static_cast<std::int64_t>(*input.kept_share * static_cast<double>(topic.tickets) + 0.5);
  return topic;
}

}  // namespace

TopicInput topic_input(store::Session& sql, Instant now) {
  TopicInput input;
  std::map<std::string, TopicQuestion> questions;
  for (const auto& draft : store::wanting_drafts(sql, now - looked_back, now, most_drafts)) {
    if (draft.channel != Channel::email && !is_over(draft, now)) continue;
    TopicQuestion& question = questions[draft.query];
    question.text = draft.query;
    question.locale = draft.locale;
    ++question.drafts;
    question.tickets += static_cast<bool>(draft.ticket);
  }
  for (auto& [text, question] : questions) input.questions.push_back(std::move(question));
  // Those that became tickets first: the search has a bound.
  std::ranges::sort(input.questions, [](const TopicQuestion& a, const TopicQuestion& b) {
    return std::tuple(b.tickets, b.drafts, a.text) < std::tuple(a.tickets, a.drafts, b.text);
  });
  if (input.questions.size() > search::most_topic_texts) input.questions.resize(search::most_topic_texts);
  input.kept_share = kept_share(sql, now);
  return input;
}

std::vector<Topic> find_topics(const TopicInput& input) {
  std::vector<search::WeighedText> texts;
  for (const auto& question : input.questions)
    texts.push_back({question.text, question.locale, static_cast<double>(question.drafts + question.tickets)});
  std::vector<Topic> topics;
  for (const auto& found : search::find_topics(texts)) topics.push_back(to_topic(found, input));
  std::erase_if(topics, [](const Topic& topic) { return topic.drafts < 2; });
  std::ranges::sort(topics, [](const Topic& a, const Topic& b) {
    return std::tuple(b.tickets, b.drafts, a.title) < std::tuple(a.tickets, a.drafts, b.title);
  });
  if (topics.size() > most_topics) topics.resize(most_topics);
  return topics;
}

std::optional<Instant> topics_found_at(store::Session& sql) {
  const auto at = store::setting(sql, found_setting);
  return at ? parse_rfc3339(*at) : std::nullopt;
}

void keep_topics(store::Session& sql, const std::vector<Topic>& topics, Instant now) {
  store::set_setting(sql, found_setting, to_rfc3339(now));
  std::vector<std::string> texts;
  for (const Topic& topic : topics)
    texts.push_back(json::serialize(
        json::object{{"title", topic.title},
                     {"words", to_array(topic.words)},
                     {"examples", to_array(topic.examples)},
                     {"locale", topic.locale},
                     {"drafts", topic.drafts},
                     {"tickets", topic.tickets},
                     {"would_save", topic.would_save ? json::value(*topic.would_save) : json::value()}}));
  store::keep_topic_texts(sql, texts);
}

std::vector<Topic> kept_topics(store::Session& sql) {
  std::vector<Topic> topics;
  for (const std::string& text : store::topic_texts(sql)) {
    const json::value kept = json::parse(text);
    Topic topic{.title = std::string(kept.at("title").as_string()),
                .words = texts_of(kept.at("words")),
                .examples = texts_of(kept.at("examples")),
                .locale = std::string(kept.at("locale").as_string()),
                .drafts = kept.at("drafts").to_number<std::int64_t>(),
                .tickets = kept.at("tickets").to_number<std::int64_t>(),
                .would_save = {}};
    if (!kept.at("would_save").is_null()) topic.would_save = kept.at("would_save").to_number<std::int64_t>();
    topics.push_back(std::move(topic));
  }
  return topics;
}

}  // namespace fifteen::desk
