#pragma once
#include <string>
#include <string_view>

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

// What a token may do. Scopes do not include one another; "all" is every one of them.
struct Scopes {
  bool read = false;   // GET on what the team sees
  bool write = false;  // the other methods on it
  bool admin = false;  // all methods on what managers and admins see

  static Scopes all() { return {true, true, true}; }
  friend bool operator==(const Scopes&, const Scopes&) = default;
};
std::string name(Scopes scopes);                     // "read,write"
result<Scopes> parse_scopes(std::string_view text);  // errc::invalid

// Who is asking.
struct Caller {
  enum class Kind { nobody, session, token };
  Kind kind = Kind::nobody;
  AgentId agent;            // none for a token that acts for no person
  Role role = Role::agent;  // of that agent
  std::string name, email;
  Scopes scopes;        // of the token
  std::string session;  // the hash that the session is stored under
  std::string csrf;     // what each change by this session must bring along

  bool is_person() const { return kind == Kind::session; }
};

// May this caller use a route? errc::unauthorized: nobody is signed in. errc::forbidden: somebody is, who may not.
result<void> may_use(Access access, bool is_read, const Caller& caller);

}  // namespace fifteen::http
