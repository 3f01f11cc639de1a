#include "server/http/auth.hpp"

#include "server/base/random.hpp"
#include "server/http/places.hpp"
#include "server/http/proxy.hpp"
#include "server/store/api_tokens.hpp"
#include "server/store/sessions.hpp"

namespace fifteen::http {
namespace {

constexpr std::string_view secure_name = "__Host-fifteen";
constexpr std::string_view local_name = "fifteen";
constexpr std::string_view bearer = "Bearer ";

Caller from_token(store::Session& sql, std::string_view token) {
  const auto use = store::find_api_token(sql, token);
  if (!use) return {};
  const auto scope = parse_scope(use->token.scope);
  if (!scope) return {};
  Caller caller;
  caller.kind = Caller::Kind::token;
  caller.token_id = use->token.id;
  caller.agent = use->token.agent;
  caller.role = use->agent_role;
  caller.name = use->token.agent ? use->agent_name : use->token.name;
  caller.email = use->agent_email;
  caller.scope = *scope;
  return caller;
}

}  // namespace

Caller authenticate(store::Session& sql, const Request& request, Instant now) {
  const auto given = request.headers["authorization"];
  if (given.starts_with(bearer)) return from_token(sql, given.substr(bearer.size()));
  const auto token = session_token(request);
  if (token.empty()) return {};
  auto session = store::find_session(sql, token, now);
  if (!session) return {};
  Caller caller;
  caller.kind = Caller::Kind::session;
  caller.agent = session->agent;
  caller.role = session->role;
  caller.name = std::move(session->name);
  caller.email = std::move(session->email);
  caller.session = std::move(session->token_hash);
  caller.csrf = std::move(session->csrf);
  caller.seen_at = session->seen_at;
  return caller;
}

bool names_caller(const Request& request) {
  return request.headers["authorization"].starts_with(bearer) || !session_token(request).empty();
}

bool is_meant(const Caller& caller, const Request& request) {
  if (!caller.is_person()) return true;
  return constant_time_equal(request.headers["x-csrf-token"], caller.csrf);
}

bool is_same_origin(const Request& request, std::string_view public_url) {
  const auto origin = request.headers["origin"];
  if (origin.empty()) return false;
  while (public_url.ends_with('/')) public_url.remove_suffix(1);
  if (!public_url.empty() && origin == public_url) return true;
  return origin == (request.is_https ? "https://" : "http://") + std::string(request.headers["host"]);
}

bool may_sign_in(const Request& request) {
  return request.is_https || is_loopback(request.client);
}

std::string session_cookie(const Request& request, std::string_view token) {
  const std::string rest = "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" +
                           std::to_string(std::chrono::seconds(store::session_lifetime).count());
  return request.is_https ? std::string(secure_name) + rest + "; Secure" : std::string(local_name) + rest;
}

std::string ended_cookie(const Request& request) {
  const std::string rest = "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0";
  return request.is_https ? std::string(secure_name) + rest + "; Secure" : std::string(local_name) + rest;
}

std::string_view session_token(const Request& request) {
  if (request.is_https) return request.cookie(secure_name);
  return is_loopback(request.client) ? request.cookie(local_name) : std::string_view();
}

std::string principal(const Caller& caller, const Request& request) {
  if (caller.kind == Caller::Kind::token) return "token:" + std::to_string(caller.token_id);
  if (caller.kind == Caller::Kind::session) return "agent:" + std::to_string(caller.agent.value);
  return "address:" + narrowest_place(request.client);
}

}  // namespace fifteen::http
