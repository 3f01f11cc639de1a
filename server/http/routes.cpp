#include "server/http/routes.hpp"

#include <span>

#include "server/http/site.hpp"

namespace fifteen::http {
namespace {

using enum Method;
using enum Access;
using namespace routes;

constexpr Route table[] = {
    // Who am I; signing in and out
    {get, "/api/v1/session", person, Read{read_session}},
    {post, "/api/v1/session", anyone, Steps{sign_in}, 8 * 1024},
    {del, "/api/v1/session", person, Write{sign_out}},
    {put, "/api/v1/session/password", person, Steps{change_password}, 8 * 1024},
    {get, "/api/v1/password-resets/{token}", anyone, Read{read_one_time_link}},
    {put, "/api/v1/password-resets/{token}", anyone, Steps{use_one_time_link}, 8 * 1024},

    // Live updates
    {get, "/api/v1/live", person, Steps{live}},

    // The program itself
    {get, "/healthz", anyone, Direct{health}},
    {get, "/readyz", anyone, Read{readiness}},
    {get, "/metrics", anyone, Read{metrics}},
    {get, "/api/v1/openapi.json", anyone, Direct{openapi}},
    {get, "/assets/{file}", anyone, Direct{asset}},
};

}  // namespace

std::span<const Route> all_routes() {
  return table;
}

}  // namespace fifteen::http
