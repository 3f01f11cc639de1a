#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/knowledge/markdown.hpp"
#include "server/http/auth.hpp"
#include "server/http/fields.hpp"
#include "server/http/idea_json.hpp"
#include "server/http/ideas.hpp"
#include "server/http/json_out.hpp"
#include "server/http/limits.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"
#include "server/store/brands.hpp"

// Ideas for the widget, on pages of any site. A vote and a new idea count once their address is confirmed, as those of
// our own pages do.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr int most_ideas = 20;

// As everybody sees it, the reason as words on one line.
json::object listed(const store::Idea& idea) {
  auto object = public_idea_json(idea);
  object["reason"] = desk::summary_of_markdown(idea.reason, 300);
  return object;
}

// Whether it was taken, and nothing of who asked before.
Reply wish_reply(const result<void>& taken) {
  if (taken) return accepted();
  if (taken.error() == errc::too_many)
    return problem(errc::too_many, "That were many votes in a short time. Please wait a few minutes.");
  if (taken.error() == errc::conflict) return problem(errc::conflict, "It is done: nobody needs to vote for it.");
  return problem(taken.error(), errc::invalid, "This address, title or text can't be taken.");
}

}  // namespace

// Like `q`, or the most wanted.
Reply ideas_for_widget(store::Session& sql, const Call& call) {
  if (const auto key = widget_key_of(sql, call); !key) return key.error();
  if (!admits(call.setup.suggestions, call)) return retry_after(problem(errc::too_many), 1);
  const std::string text = call.request.query("q").value_or("").substr(0, 800);
  const std::string locale = call.request.query("locale").value_or("").substr(0, 20);
  json::array items;
  if (text.empty())
    for (const auto& wanted : store::list_ideas(sql, {}, most_ideas)) items.push_back(listed(wanted.idea));
  else
    for (const auto& idea : found_ideas(sql, call, text, locale, most_ideas)) items.push_back(listed(idea));
  return ok(list_json(std::move(items)));
}

Reply post_by_widget(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request, plain_text);
  desk::VoterWish wish;
  wish.address = fields.need_email("email");
  wish.locale = fields.text("locale", 20).value_or("");
  wish.text = {fields.need_text("title", 4 * desk::longest_idea_title),
               fields.text("text", desk::longest_idea_text).value_or(""), wish.locale};
  const auto key = widget_key_of(sql, call, fields);
  if (!key) return key.error();
  wish.brand = store::brand_of(sql, BrandId(key->brand));
  return wish_reply(take_wish(sql, call, wish));
}

Reply vote_by_widget(store::Session& sql, const Call& call) {
  const auto id = call.id<IdeaId>();
  if (!id || !desk::current_idea(sql, *id)) return problem(errc::not_found);
  Fields fields = Fields::of(call.request, plain_text);
  desk::VoterWish wish;
  wish.address = fields.need_email("email");
  wish.locale = fields.text("locale", 20).value_or("");
  const auto key = widget_key_of(sql, call, fields);
  if (!key) return key.error();
  wish.idea = *id;
  wish.brand = store::brand_of(sql, BrandId(key->brand));
  return wish_reply(take_wish(sql, call, wish));
}

}  // namespace fifteen::http::routes
