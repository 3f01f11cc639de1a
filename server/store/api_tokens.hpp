#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A program's key to the API. The token itself is shown once; only its SHA-256 is kept.
struct ApiToken {
  std::int64_t id = 0;
  std::string name;
  std::string scope;  // read, write, admin, all
  AgentId agent;      // as whom it acts; none: as itself
  Instant created_at;
};

std::int64_t add_api_token(Session& sql, std::string_view token, const ApiToken& about);
// Those that were not revoked, newest first, at most 200.
std::vector<ApiToken> api_tokens(Session& sql);
// Returns whether there was one.
bool revoke_api_token(Session& sql, std::int64_t id, Instant now);

// The token's owner, unless revoked, or its agent deactivated.
struct TokenUse {
  ApiToken token;
  std::string agent_name, agent_email;
  Role agent_role = Role::agent;
};
std::optional<TokenUse> find_api_token(Session& sql, std::string_view token);

}  // namespace fifteen::store
