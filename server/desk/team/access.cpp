#include "server/desk/team/access.hpp"

namespace fifteen::desk {

bool may(const Actor& actor, Act act) {
  switch (act) {
    case Act::work:
      return actor.kind == ActorKind::agent || actor.kind == ActorKind::system;
    case Act::answer:
      return actor.kind == ActorKind::agent && actor.agent;
    case Act::export_reports:
    case Act::edit_saved_replies:
    case Act::publish_articles:
      return may(actor, Act::work) && actor.role != Role::agent;
    case Act::administer:
      return may(actor, Act::work) && actor.role == Role::admin;
  }
  return false;
}

result<void> require(const Actor& actor, Act act) {
  if (!may(actor, act)) return errc::forbidden;
  return {};
}

}  // namespace fifteen::desk
