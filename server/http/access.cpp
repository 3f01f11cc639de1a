#include "server/http/access.hpp"

namespace fifteen::http {
namespace {

bool has_rank(Access access, Role role) {
  switch (access) {
    case Access::anyone:
    case Access::team:
    case Access::person:
      return true;
    case Access::manager:
      return role != Role::agent;
    case Access::admin:
      return role == Role::admin;
  }
  return false;
}

bool has_scope(Access access, bool is_read, Scopes scopes) {
  switch (access) {
    case Access::anyone:
      return true;
    case Access::team:
      return is_read ? scopes.read : scopes.write;
    case Access::manager:
    case Access::admin:
      return scopes.admin;
    case Access::person:
      return false;
  }
  return false;
}

}  // namespace

std::string name(Scopes scopes) {
  std::string text;
  const auto add = [&](bool has, std::string_view word) {
    if (has) text += (text.empty() ? "" : ",") + std::string(word);
  };
  add(scopes.read, "read");
  add(scopes.write, "write");
  add(scopes.admin, "admin");
  return text;
}

result<Scopes> parse_scopes(std::string_view text) {
  if (text == "all") return Scopes::all();
  Scopes scopes;
  for (std::string_view rest = text; !rest.empty();) {
    const auto word = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (word == "read")
      scopes.read = true;
    else if (word == "write")
      scopes.write = true;
    else if (word == "admin")
      scopes.admin = true;
    else
      return errc::invalid;
  }
  if (scopes == Scopes{}) return errc::invalid;
  return scopes;
}

result<void> may_use(Access access, bool is_read, const Caller& caller) {
  if (access == Access::anyone) return {};
  if (caller.kind == Caller::Kind::nobody) return errc::unauthorized;
  // A token that acts as a person can do no more than she can.
  if ((caller.kind == Caller::Kind::session || caller.agent) && !has_rank(access, caller.role)) return errc::forbidden;
  if (caller.kind == Caller::Kind::token && !has_scope(access, is_read, caller.scopes)) return errc::forbidden;
  return {};
}

}  // namespace fifteen::http
