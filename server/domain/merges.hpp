#pragma once
#include <cstddef>
#include <optional>
#include <unordered_map>

#include "server/base/ids.hpp"

namespace fifteen {

// Which tickets are merged into which, at one moment of a history.
class Merges {
 public:
  // The ticket whose conversation `ticket` is now part of: itself unless it is merged.
  TicketId root(TicketId ticket) const;

  // Merges `from` into the root of `into`. False, and nothing done, when `from` is merged already or would meet itself.
  bool merge(TicketId from, TicketId into, std::size_t fact);

  // Takes `ticket` out again and returns the fact that had merged it.
  std::optional<std::size_t> unmerge(TicketId ticket);

 private:
  struct Merged {
    TicketId into;
    std::size_t fact;
  };
  std::unordered_map<TicketId, Merged> merged_;
};

}  // namespace fifteen
