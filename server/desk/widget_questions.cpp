#include "server/desk/widget_questions.hpp"

#include <boost/json/serialize.hpp>

#include "server/desk/widget_keys.hpp"
#include "server/desk/work.hpp"
#include "server/store/widget_questions.hpp"

namespace fifteen::desk {
namespace {

std::string as_json(const Identity& identity) {
  boost::json::object said = identity.more;
  for (const auto& [name, value] :
       {std::pair("id", &identity.id), {"email", &identity.email}, {"name", &identity.name}})
    if (!value->empty()) said[name] = *value;
  return boost::json::serialize(said);
}

}  // namespace

result<Opened> ask_by_widget(store::Session& sql, const store::WidgetKey& key, const WidgetQuestion& asked,
                             Instant now) {
  const auto opened = open_ticket(sql, asked.question, now);
  if (!opened) return opened.error();
  if (!asked.tags.empty())
    if (const auto tagged = tag_ticket(sql, Actor::system(), opened->ticket, asked.tags, now); !tagged)
      return tagged.error();
  const auto& identity = asked.identity;
  store::keep_widget_question(sql,
                              {.ticket = opened->ticket,
                               .external_id = is_signed(key, identity.id, identity.signature, now) ? identity.id : "",
                               .identity = as_json(identity),
                               .page = asked.page,
                               .created_at = now});
  return opened;
}

}  // namespace fifteen::desk
