#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/session.hpp"

// Automatic mail that left, by address: the brake on loops and on using the desk as a mail bomb.
namespace fifteen::store {

class AutomaticMail {
 public:
  // What left for these addresses is read at once, for others when first asked for.
  AutomaticMail(Session& sql, const std::vector<std::string>& addresses);
  std::size_t count_since(std::string_view address, Instant since);
  void note(std::string_view address, TicketId ticket, Instant now);

 private:
  void read(const std::vector<std::string>& keys);
  std::vector<Instant>& times_of(std::string_view address);

  Session& sql_;
  std::map<std::string, std::vector<Instant>> times_;
};

// Forgets what no brake asks for any more; returns how many rows.
std::int64_t drop_automatic_mail(Session& sql, Instant before);

}  // namespace fifteen::store
