#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/suggestions/likely_answers.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

// What agents make of suggestions.
namespace fifteen::http::routes {

namespace json = boost::json;

Reply add_wrong_answer(store::Session& sql, const Call& call) {
  const auto ticket = call.id<TicketId>();
  if (!ticket) return problem(ticket.error());
  Fields fields = Fields::of(call.request);
  const std::string kind = fields.need_text("kind", 10);
  const auto id = fields.id("id");
  if (!kind.empty() && kind != "article" && kind != "idea") fields.complain("kind", "This is article or idea.");
  if (!id && fields.are_fine()) fields.complain("id", "This is needed.");
  if (!fields.are_fine()) return fields.problem();
  const auto done =
      desk::mark_wrong(sql, actor_of(call), *ticket,
                       kind == "idea" ? desk::SuggestedKind::idea : desk::SuggestedKind::article, *id, call.now);
  return done ? no_content() : problem(done.error());
}

Reply save_answer_as_article(store::Session& sql, const Call& call) {
  const auto reply = call.id<MessageId>();
  const auto saved = reply ? desk::save_answer(sql, actor_of(call), *reply, call.now) : reply.error();
  if (!saved)
    return problem(saved.error(), errc::invalid, "Nothing is left of this answer without its greeting and signature.");
  return created(
      {{"id", id_text(saved->article)}, {"to_check", json::array(saved->to_check.begin(), saved->to_check.end())}});
}

}  // namespace fifteen::http::routes
