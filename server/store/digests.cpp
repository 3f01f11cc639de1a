#include "server/store/digests.hpp"

namespace fifteen::store {

DigestChoice digest_choice(Session& sql, AgentId agent) {
  const auto row = sql.one<bool, std::string, std::string>(
      "SELECT wanted, zone, language FROM digest_choices WHERE agent_id = :agent", {{"agent", agent}});
  if (!row) return {};
  const auto& [wanted, zone, language] = *row;
  return {wanted, zone, language};
}

void keep_digest_choice(Session& sql, AgentId agent, const DigestChoice& choice) {
  const std::initializer_list<Bind> cells = {
      {"agent", agent}, {"wanted", choice.is_wanted}, {"zone", choice.zone}, {"language", choice.language}};
  if (sql.insert_new("digest_choices (agent_id, wanted, zone, language) VALUES (:agent, :wanted, :zone, :language)",
                     cells))
    return;
  sql.run("UPDATE digest_choices SET wanted = :wanted, zone = :zone, language = :language WHERE agent_id = :agent",
          cells);
}

std::vector<DigestReader> digest_readers(Session& sql) {
  std::vector<DigestReader> readers;
  for (auto& [id, email, name, since, zone, language] :
       sql.all<AgentId, std::string, std::string, Instant, std::string, std::string>(
           "SELECT a.id, a.email, a.name, a.created_at, COALESCE(c.zone, ''), COALESCE(c.language, '') FROM agents a "
           "LEFT JOIN digest_choices c ON c.agent_id = a.id WHERE a.active = 1 AND a.role <> 'agent' "
           "AND COALESCE(c.wanted, 1) = 1 ORDER BY a.id LIMIT 1000"))
    readers.push_back({id, std::move(email), std::move(name), since, {true, std::move(zone), std::move(language)}});
  return readers;
}

bool settle_digest(Session& sql, AgentId agent, const std::string& week, Instant now) {
  return sql.insert_new("digests (agent_id, week, settled_at) VALUES (:agent, :week, :now)",
                        {{"agent", agent}, {"week", week}, {"now", now}});
}

bool is_digest_settled(Session& sql, AgentId agent, const std::string& week) {
  return sql
      .one<AgentId>("SELECT agent_id FROM digests WHERE agent_id = :agent AND week = :week",
                    {{"agent", agent}, {"week", week}})
      .has_value();
}

}  // namespace fifteen::store
