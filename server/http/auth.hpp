#pragma once
#include <string>

#include "server/http/access.hpp"
#include "server/http/reply.hpp"
#include "server/store/session.hpp"

namespace fifteen::http {

// Who asks, by the request's bearer token or session cookie. A token that is wrong, revoked or ended is nobody.
Caller authenticate(store::Session& sql, const Request& request, Instant now);

// Whether the request says who asks; authenticate() then finds out if it is true.
bool names_caller(const Request& request);

// Does a change by a browser's session carry its CSRF token? Tokens and strangers need none: nothing is sent along by
// itself on their behalf.
bool is_meant(const Caller& caller, const Request& request);

// Does the request come from a page of ours? By its Origin, which a page can't forge; a WebSocket handshake carries
// cookies from any page, and no CSRF token (CWE-1385).
bool is_same_origin(const Request& request, std::string_view public_url);

// Cookies of a session go over HTTPS, or within this machine.
bool may_sign_in(const Request& request);
// The Set-Cookie value. Over HTTPS the name's prefix binds the cookie to this very host (RFC 6265bis, 4.1.3.2).
std::string session_cookie(const Request& request, std::string_view token);
std::string ended_cookie(const Request& request);
std::string_view session_token(const Request& request);

// "agent:7", "token:3", "address:203.0.113.7": whose keys and counts these are.
std::string principal(const Caller& caller, const Request& request);

}  // namespace fifteen::http
