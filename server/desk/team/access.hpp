#pragma once
#include "server/base/error.hpp"
#include "server/base/ids.hpp"
#include "server/domain/words.hpp"

namespace fifteen::desk {

// Who does a thing.
struct Actor {
  ActorKind kind = ActorKind::system;
  AgentId agent;  // of kind agent
  Role role = Role::agent;

  static Actor of(AgentId agent, Role role) { return {ActorKind::agent, agent, role}; }
  // The program itself: a token that acts for no person, a command, the clock. May do all that needs no person.
  static Actor system() { return {ActorKind::system, {}, Role::admin}; }
};

// What needs a role.
enum class Act {
  work,                // everything about tickets but an answer
  answer,              // a reply in one's own name: a person
  export_reports,      // managers and admins
  edit_saved_replies,  // managers and admins
  publish_articles,    // what readers of the help centre see: managers and admins
  administer,          // people, mailboxes, mail in and out: admins
};
bool may(const Actor& actor, Act act);
// errc::forbidden when not.
result<void> require(const Actor& actor, Act act);

}  // namespace fifteen::desk
