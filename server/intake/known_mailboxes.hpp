#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp_session.hpp"
#include "server/store/spool.hpp"

namespace fifteen::intake {

// The addresses the desk takes mail for, in memory for the doors; the spool remembers them over a restart, so that mail
// is taken while the database is away. Event loop only.
class KnownMailboxes {
 public:
  // Starts with what the spool remembers.
  explicit KnownMailboxes(store::Spool& spool);

  // Reads them anew; once the coroutine ends, judge() knows. Throws when the database is away; the old ones stay.
  boost::asio::awaitable<void> refresh(store::Database& database);

  // A mailbox, whatever the letter case, also with "+token" behind its local part (a signed reply address: whether it
  // fits is decided when the mail is read), or postmaster, which every domain has (RFC 5321, 4.5.1). A desk without
  // any takes all (see desk::takes_mail_for); before they were ever read the answer is "try later".
  mail::RecipientVerdict judge(std::string_view address) const;
  // The address that mail for postmaster goes to; every other address as it is.
  std::string resolved(const std::string& address) const;
  const std::vector<std::string>& all() const { return addresses_; }

 private:
  bool has(const std::string& lower_case_address) const;

  store::Spool& spool_;
  std::vector<std::string> addresses_;  // lower case, in the order of their creation
  bool read_once_ = false;
};

}  // namespace fifteen::intake
