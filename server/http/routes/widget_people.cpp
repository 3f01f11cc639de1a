#include <charconv>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/visits.hpp"
#include "server/desk/portal/customer_record.hpp"
#include "server/desk/portal/surveys.hpp"
#include "server/desk/portal/widget_keys.hpp"
#include "server/http/auth.hpp"
#include "server/http/json_out.hpp"
#include "server/http/limits.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"
#include "server/http/widget_fields.hpp"

// What sites tell of their customers, by the widget and by their servers; and what these answer to surveys.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::size_t most_events = 50, longest_name = 100, longest_data = 1000, longest_answer = 2000;
constexpr int most_answers = 100;

// {"name","at"?,"data"?}; an instant that lies ahead is now.
store::CustomerEvent read_event(Fields& fields, Instant now) {
  store::CustomerEvent event{.name = fields.need_text("name", longest_name), .at = now};
  if (const auto text = fields.text("at", 40)) {
    const auto at = parse_rfc3339(*text);
    if (at)
      event.at = std::min(*at, now);
    else
      fields.complain("at", "This is not a time like 2026-03-01T09:30:00Z.");
  }
  if (const auto* data = fields.members().if_contains("data")) event.data = json::serialize(*data);
  if (event.data.size() > longest_data) fields.complain("data", "This is longer than 1000 bytes.");
  return event;
}

// "id:u42" for whom the site has signed, else the browser.
std::string person_of(const store::WidgetKey& key, const desk::Identity& identity, const std::string& visitor,
                      Instant now) {
  return desk::is_signed(key, identity.id, identity.signature, now) ? "id:" + identity.id : "visitor:" + visitor;
}

bool is_survey_kind(std::string_view kind) {
  return kind == "nps" || kind == "rating" || kind == "choice";
}

Traits read_traits(Fields& fields) {
  Traits traits;
  auto said = fields.object("traits");
  if (!said) return traits;
  for (const auto& [name, value] : said->members()) {
    const std::string text = json::serialize(value);
    if (name.empty() || name.size() > longest_name || text.size() > longest_data || said->members().size() > 50)
      fields.complain("traits", "At most 50, each with a name of 100 bytes and a value of 1000.");
    traits[std::string(name)] = text;
  }
  return traits;
}

json::object answer_json(const store::Survey& survey) {
  return {{"person", survey.person},
          {"kind", survey.kind},
          {"question", survey.question},
          {"answer", survey.answer ? json::value(*survey.answer) : json::value()},
          {"answered_at", time_json(survey.answered_at)}};
}

std::string cursor_of(const store::Survey& survey) {
  return std::to_string(to_us(survey.answered_at.value_or(Instant{}))) + "." + survey.person;
}

}  // namespace

// What a signed-in customer does in the site's product. Who is not signed for could say anything, about anybody.
Reply track_events(store::Session& sql, const Call& call) {
  if (!admits(call.setup.draft_events, call)) return retry_after(problem(errc::too_many), 1);
  Fields fields = Fields::of(call.request, plain_text);
  const auto identity = read_identity(fields);
  std::vector<store::CustomerEvent> events;
  for (Fields& entry : fields.objects("events", most_events)) {
    events.push_back(read_event(entry, call.now));
    if (!entry.are_fine()) fields.complain("events", "Event " + std::to_string(events.size()), entry);
  }
  const auto key = widget_key_of(sql, call, fields);
  if (!key) return key.error();
  if (!desk::is_signed(*key, identity.id, identity.signature, call.now))
    return problem(errc::forbidden,
                   "The signature does not fit the id: HMAC-SHA256 of the id under the key's secret, in hex.");
  store::add_customer_events(sql, identity.id, events);
  return no_content();
}

// Asks whether a question may be shown, or brings its answer.
Reply take_survey(store::Session& sql, const Call& call) {
  if (!admits(call.setup.draft_events, call)) return retry_after(problem(errc::too_many), 1);
  Fields fields = Fields::of(call.request, plain_text);
  const auto identity = read_identity(fields);
  const std::string visitor = fields.need_text("visitor", 64);
  if (!visitor.empty() && !desk::is_visit_name(visitor))
    fields.complain("visitor", "This is 22 characters of base64url.");
  store::Survey survey{.survey = fields.need_text("id", 100),
                       .kind = fields.need_text("kind", 10),
                       .question = fields.need_text("question", longest_answer),
                       .shown_at = call.now};
  if (!is_survey_kind(survey.kind)) fields.complain("kind", "This is nps, rating or choice.");
  const auto answer = fields.text("answer", longest_answer);
  const auto key = widget_key_of(sql, call, fields);
  if (!key) return key.error();
  survey.person = person_of(*key, identity, visitor, call.now);
  if (!answer) return ok({{"show", desk::may_show_survey(sql, survey, call.now)}});
  const auto taken = desk::answer_survey(sql, survey.survey, survey.person, *answer, call.now);
  if (!taken && taken.error() != make_error_code(errc::already_done)) return problem(taken.error());
  return ok({{"show", false}});
}

Reply list_survey_answers(store::Session& sql, const Call& call) {
  const auto limit = limit_of(call.request, 30, most_answers);
  if (!limit) return problem(limit.error(), "limit is 1 to 100.");
  Instant before = from_us(INT64_MAX);
  std::string person;
  if (const auto cursor = call.request.query("cursor")) {
    std::int64_t us = 0;
    const auto [end, ec] = std::from_chars(cursor->data(), cursor->data() + cursor->size(), us);
    if (ec != std::errc() || end == cursor->data() + cursor->size() || *end != '.')
      return problem(errc::invalid, "This is no cursor of ours.");
    before = from_us(us);
    person.assign(end + 1, cursor->data() + cursor->size());
  }
  const auto answers = store::answers_of(sql, call.parameter(), before, person, *limit + 1);
  json::array items;
  for (const auto& answer : answers)
    if (std::ssize(items) < *limit) items.push_back(answer_json(answer));
  const bool has_more = std::ssize(answers) > *limit;
  return ok(list_json(std::move(items), has_more
                                            ? std::optional(cursor_of(answers[static_cast<std::size_t>(*limit - 1)]))
                                            : std::nullopt));
}

// {"email"?,"name"?,"traits"?}: the site's server is believed.
Reply identify_customer(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  desk::CustomerWish wish;
  if (fields.has("email")) wish.email = fields.need_email("email");
  wish.name = fields.text("name", 200);
  if (fields.has("traits")) wish.traits = read_traits(fields);
  if (call.parameter().size() > 200) return problem(errc::invalid, "An id has 1 to 200 bytes.");
  if (!fields.are_fine()) return fields.problem();
  const auto customer = desk::identify_customer(sql, call.parameter(), wish, call.now);
  if (!customer) return problem(customer.error(), errc::conflict, "The address or the id is another customer's.");
  return ok(customer_json(*customer));
}

Reply add_customer_event(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto event = read_event(fields, call.now);
  if (!fields.are_fine()) return fields.problem();
  const auto noted = desk::note_customer_event(sql, call.parameter(), event);
  return noted ? accepted() : problem(noted.error());
}

// What a ticket's page said of who asked, and what she did before; null where no page did.
Reply read_asker(store::Session& sql, const Call& call) {
  const auto id = call.id<TicketId>();
  const auto asker = id ? desk::asker_of(sql, *id) : id.error();
  if (!asker) return problem(asker.error());
  json::array events;
  for (const auto& [name, at, data] : asker->events)
    events.push_back(json::object{{"name", name}, {"at", time_json(at)}, {"data", json::parse(data)}});
  return ok({{"said", json::parse(asker->identity)},
             {"page", asker->page},
             {"verified", asker->is_verified},
             {"events", std::move(events)}});
}

}  // namespace fifteen::http::routes
