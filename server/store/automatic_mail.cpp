#include "server/store/automatic_mail.hpp"

#include "server/store/customers.hpp"

namespace fifteen::store {

int automatic_mail_since(Session& sql, std::string_view address, Instant since) {
  // Index automatic_mail_address.
  return std::get<0>(*sql.one<int>(
      "SELECT COUNT(*) FROM (SELECT 1 FROM automatic_mail WHERE address = :address AND at > :since LIMIT 100) AS few",
      {{"address", address_key(address)}, {"since", since}}));
}

void note_automatic_mail(Session& sql, std::string_view address, TicketId ticket, Instant now) {
  sql.run("INSERT INTO automatic_mail (address, at, ticket_id) VALUES (:address, :at, :ticket)",
          {{"address", address_key(address)}, {"at", now}, {"ticket", ticket}});
}

std::int64_t drop_automatic_mail(Session& sql, Instant before) {
  return sql.run("DELETE FROM automatic_mail WHERE at < :before", {{"before", before}});
}

}  // namespace fifteen::store
