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

bool has_scope(Access access, bool is_read, Scope scope) {
  switch (access) {
    case Access::anyone:
      return true;
    case Access::team:
      return scope == Scope::all || scope == (is_read ? Scope::read : Scope::write);
    case Access::manager:
    case Access::admin:
      return scope == Scope::all || scope == Scope::admin;
    case Access::person:
      return false;
  }
  return false;
}

}  // namespace

std::optional<Scope> parse_scope(std::string_view word) {
  if (word == "read") return Scope::read;
  if (word == "write") return Scope::write;
  if (word == "admin") return Scope::admin;
  if (word == "all") return Scope::all;
  return std::nullopt;
}

result<void> may_use(Access access, bool is_read, const Caller& caller) {
  if (access == Access::anyone) return {};
  if (caller.kind == Caller::Kind::nobody) return errc::unauthorized;
  // A token that acts as a person can do no more than she can.
  if ((caller.kind == Caller::Kind::session || caller.agent) && !has_rank(access, caller.role)) return errc::forbidden;
  if (caller.kind == Caller::Kind::token && !has_scope(access, is_read, caller.scope)) return errc::forbidden;
  return {};
}

}  // namespace fifteen::http
