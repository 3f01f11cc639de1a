#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "server/desk/tickets/wait_story.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

// Why each wait of a ticket counts as it does.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::object rule_json(const std::optional<Target>& rule) {
  if (!rule) return {{"kind", "default"}, {"when", json::object()}, {"from", nullptr}};
  json::object when;
  for (const auto& [trait, value] : rule->when) when[trait] = json::parse(value);
  const char* kind = !rule->when.empty() ? "segment" : rule->mailbox ? "mailbox" : "everyone";
  return {{"kind", kind}, {"when", std::move(when)}, {"from", time_json(rule->from)}};
}

json::array stretches_json(const std::vector<Opening>& openings) {
  json::array stretches;
  for (const Opening& opening : openings)
    stretches.push_back(json::object{{"start", time_json(opening.begin)}, {"end", time_json(opening.end)}});
  return stretches;
}

json::object counted_json(const desk::CountedTime& counted) {
  return {{"first", stretches_json(counted.first)},
          {"last", stretches_json(counted.last)},
          {"left_out", counted.left_out},
          {"left_out_us", counted.left_out_time.count()}};
}

const char* word(desk::WaitRemark::Kind kind) {
  static constexpr const char* words[] = {"bounced", "undone", "merged", "spam"};
  return words[static_cast<std::size_t>(kind)];
}

json::object story_json(const desk::WaitStory& story) {
  const Wait& wait = story.wait;
  json::array changes, remarks;
  for (const Instant change : story.changes) changes.push_back(time_json(change));
  for (const desk::WaitRemark& remark : story.remarks)
    remarks.push_back(json::object{{"kind", word(remark.kind)},
                                   {"at", time_json(remark.at)},
                                   {"who", text_or_null(remark.who)},
                                   {"ticket", remark.ticket ? json::value(remark.ticket.value) : json::value()}});
  return {{"n", story.n ? json::value(story.n) : json::value()},
          {"first", wait.first},
          {"started_at", time_json(wait.started_at)},
          {"started_by", id_text(wait.started_by)},
          {"asked_by", text_or_null(story.asked_by)},
          {"ending", name(wait.ending)},
          {"ended_at", time_json(wait.ended_at)},
          {"ended_by", text_or_null(story.ended_by)},
          {"reply", wait.ended_by_message ? json::value(id_text(wait.ended_by_message)) : json::value()},
          {"until", time_json(story.until)},
          {"wall_us", story.wall.count()},
          {"business_us", story.business.count()},
          {"target_us", story.target.count()},
          {"rule", rule_json(story.rule)},
          {"due_at", time_json(story.due_at)},
          {"mailbox", story.mailbox},
          {"schedule", text_or_null(story.schedule)},
          {"changes", std::move(changes)},
          {"counted", counted_json(story.counted)},
          {"remarks", std::move(remarks)}};
}

}  // namespace

Reply explain_waits(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  const auto stories = id ? desk::tell_waits(sql, *id, call.now) : id.error();
  if (!stories) return problem(stories.error());
  json::array items;
  for (const desk::WaitStory& story : *stories) items.push_back(story_json(story));
  return ok(list_json(std::move(items)));
}

}  // namespace fifteen::http::routes
