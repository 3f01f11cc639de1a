#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/store/session.hpp"

// Ids of other systems, so that importing the same file twice changes nothing and reports speak of things by the names
// under which they came. `kind` is the history format's word: schedule, mailbox, agent, customer, ticket, message, …
namespace fifteen::store {

// 0: not imported.
std::int64_t find_imported(Session& sql, std::string_view source, std::string_view kind, std::string_view external_id);
// Those of many that are.
std::unordered_map<std::string, std::int64_t> find_imported(Session& sql, std::string_view source,
                                                            std::string_view kind,
                                                            const std::vector<std::string>& external_ids);
// Of one that is not.
void add_imported(Session& sql, std::string_view source, std::string_view kind, std::string_view external_id,
                  std::int64_t id);
bool is_imported(Session& sql, std::string_view kind, std::int64_t id);

// How our records are called outside: as they were imported, else by our own number. Where two would have the same
// name, all but the first source's carry their source, "source:id", and our own "fifteen:number".
class OutsideIds {
 public:
  explicit OutsideIds(Session& sql);
  std::string of(std::string_view kind, std::int64_t id);

 private:
  bool is_taken(std::string_view kind, std::string_view name, std::size_t sources);

  Session& sql_;
  std::vector<std::string> sources_;  // sorted
};

}  // namespace fifteen::store
