#include "server/store/automatic_mail.hpp"

#include <algorithm>

#include "server/store/customers.hpp"

namespace fifteen::store {

AutomaticMail::AutomaticMail(Session& sql, const std::vector<std::string>& addresses) : sql_(sql) {
  std::vector<std::string> keys;
  for (const std::string& address : addresses) keys.push_back(address_key(address));
  read(keys);
}

void AutomaticMail::read(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) times_[key].clear();
  // Index automatic_mail_address; some days are kept, in which the brake lets few through.
  for (const auto& [address, at] :
       sql_.all_of<std::string, Instant>("SELECT address, at FROM automatic_mail WHERE address IN {values}", keys))
    times_[address].push_back(at);
}

std::vector<Instant>& AutomaticMail::times_of(std::string_view address) {
  const std::string key = address_key(address);
  if (!times_.contains(key)) read({key});
  return times_[key];
}

std::size_t AutomaticMail::count_since(std::string_view address, Instant since) {
  return static_cast<std::size_t>(std::ranges::count_if(times_of(address), [&](Instant at) { return at > since; }));
}

void AutomaticMail::note(std::string_view address, TicketId ticket, Instant now) {
  times_of(address).push_back(now);
  sql_.add_row("automatic_mail", {{"address", address_key(address)}, {"at", now}, {"ticket_id", ticket}});
}

std::int64_t drop_automatic_mail(Session& sql, Instant before) {
  return sql.run("DELETE FROM automatic_mail WHERE at < :before", {{"before", before}});
}

}  // namespace fifteen::store
