#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"
#include "server/base/error.hpp"
#include "server/base/ids.hpp"
#include "server/domain/words.hpp"

namespace fifteen::http {

// Whom a route answers. Each line includes those below it.
enum class Access {
  anyone,   // the whole world, signed in or not
  team,     // every agent; a token with the scope that the method needs
  manager,  // managers and admins; a token with scope admin
  admin,    // admins; a token with scope admin
  person,   // every agent by the browser's session, never a token: her own password, drafts, live stream
};

// What a token may do. They do not include one another; `all` is every one of them.
enum class Scope {
  read,   // GET on what the team sees
  write,  // the other methods on it
  admin,  // all methods on what managers and admins see
  all,
};
std::optional<Scope> parse_scope(std::string_view word);

// Who is asking.
struct Caller {
  enum class Kind { nobody, session, token };
  Kind kind = Kind::nobody;
  AgentId agent;            // none for a token that acts for no person
  Role role = Role::agent;  // of that agent
  std::string name, email;
  Scope scope = Scope::read;  // of the token
  std::int64_t token_id = 0;
  std::string session;  // the hash that the session is stored under
  std::string csrf;     // what each change by this session must bring along
  Instant seen_at{};    // when its use was last noted

  bool is_person() const { return kind == Kind::session; }
};

// May this caller use a route? errc::unauthorized: nobody is signed in. errc::forbidden: somebody is, who may not.
result<void> may_use(Access access, bool is_read, const Caller& caller);

}  // namespace fifteen::http
