#include "server/domain/merges.hpp"

namespace fifteen {

TicketId Merges::root(TicketId ticket) const {
  for (auto it = merged_.find(ticket); it != merged_.end(); it = merged_.find(ticket)) ticket = it->second.into;
  return ticket;
}

bool Merges::merge(TicketId from, TicketId into, std::size_t fact) {
  into = root(into);
  return into != from && merged_.try_emplace(from, Merged{into, fact}).second;
}

std::optional<std::size_t> Merges::unmerge(TicketId ticket) {
  const auto it = merged_.find(ticket);
  if (it == merged_.end()) return {};
  const std::size_t fact = it->second.fact;
  merged_.erase(it);
  return fact;
}

}  // namespace fifteen
