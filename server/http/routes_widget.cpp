#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/usual_answer.hpp"
#include "server/desk/widget_questions.hpp"
#include "server/http/auth.hpp"
#include "server/http/fields.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"
#include "server/store/rate_limits.hpp"

// What the widget asks for, from pages of any site.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr store::RateLimit question_limit{.tries = 10,
                                          .window = std::chrono::minutes(15)};  // of forms and widgets together
constexpr std::size_t longest_question = 20'000;
constexpr std::size_t longest_trait = 200;

// {"id","email","name","plan","created","company":{"id","name"},"signature"}: as Fifteen('identify', …) takes it.
desk::Identity read_identity(Fields& fields) {
  auto said = fields.object("identity");
  if (!said) return {};
  desk::Identity identity;
  identity.id = said->text("id", longest_trait).value_or("");
  identity.signature = said->text("signature", 64).value_or("");
  identity.email = said->text("email", 254).value_or("");
  identity.name = said->text("name", longest_trait).value_or("");
  for (const char* name : {"plan", "created"})
    if (const auto value = said->text(name, longest_trait)) identity.more[name] = *value;
  if (auto company = said->object("company")) {
    json::object kept;
    for (const char* name : {"id", "name"})
      if (const auto value = company->text(name, longest_trait)) kept[name] = *value;
    if (!company->are_fine()) said->complain("company", "its company", *company);
    identity.more["company"] = std::move(kept);
  }
  if (!said->are_fine()) fields.complain("identity", "identify", *said);
  return identity;
}

desk::WidgetQuestion read_question(Fields& fields) {
  desk::WidgetQuestion asked;
  asked.identity = read_identity(fields);
  auto& question = asked.question;
  question.text = fields.need_text("text", longest_question);
  question.email = asked.identity.email;
  if (fields.has("email") || question.email.empty())
    question.email = fields.need_email("email");
  else if (!looks_like_email(question.email))
    fields.complain("email", "This is not an e-mail address.");
  question.name = asked.identity.name;
  question.locale = fields.text("locale", 20).value_or("");
  question.channel = Channel::widget;
  asked.page = fields.text("page", 1000).value_or("");
  asked.tags = fields.texts("tags", 5, 50);
  return asked;
}

}  // namespace

// The widget's own file, at an address that stays.
Reply widget_script(const Call& call) {
  return call.setup.assets ? call.setup.assets->current(call.request, "widget.js") : problem(errc::not_found);
}

Reply ask_by_widget(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request, plain_text);
  const std::string key_text = fields.need_text("key", 40);
  const auto asked = read_question(fields);
  if (!fields.are_fine()) return fields.problem();
  const auto key = widget_key_of(sql, call, key_text);
  if (!key) return key.error();
  if (!store::count_try(sql, "form:" + address_group(call.request.client), question_limit, call.now))
    return problem(errc::too_many, "That were many questions in a short time. Please wait a few minutes.");
  const auto opened = desk::ask_by_widget(sql, *key, asked, call.now);
  if (!opened) return problem(opened.error(), errc::invalid, "The question can't be taken as it is.");
  return created({{"number", std::to_string(opened->ticket.value)}});
}

}  // namespace fifteen::http::routes
