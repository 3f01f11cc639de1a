#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/tickets/saved_replies.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/store/saved_replies.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

json::object saved_reply_json(const store::SavedReply& reply) {
  return {{"id", std::to_string(reply.id)}, {"title", reply.title}, {"text", reply.text}};
}

}  // namespace

Reply list_saved_replies(store::Session& sql, const Call&) {
  json::array items;
  for (const auto& reply : store::saved_replies(sql)) items.push_back(saved_reply_json(reply));
  return ok(list_json(std::move(items)));
}

Reply add_saved_reply(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string title = fields.need_text("title", 200);
  const std::string text = fields.need_text("text", 50'000);
  if (!fields.are_fine()) return fields.problem();
  const auto reply = desk::add_saved_reply(sql, actor_of(call), title, text, call.now);
  return reply ? created(saved_reply_json(*reply)) : problem(reply.error());
}

Reply change_saved_reply(store::Session& sql, const Call& call) {
  const auto id = call.id();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const std::string title = fields.need_text("title", 200);
  const std::string text = fields.need_text("text", 50'000);
  if (!fields.are_fine()) return fields.problem();
  const auto reply = desk::change_saved_reply(sql, actor_of(call), *id, title, text, call.now);
  return reply ? ok(saved_reply_json(*reply)) : problem(reply.error());
}

Reply remove_saved_reply(store::Session& sql, const Call& call) {
  const auto id = call.id();
  const auto removed = id ? desk::remove_saved_reply(sql, actor_of(call), *id) : id.error();
  return removed ? no_content() : problem(removed.error());
}

}  // namespace fifteen::http::routes
