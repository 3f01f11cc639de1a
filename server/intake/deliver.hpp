#pragma once
#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "server/base/clock.hpp"
#include "server/store/spool.hpp"

namespace fifteen::intake {

// Why a mail from standard input was not taken; names of sysexits(3).
struct DeliverRefusal {
  enum class Kind { no_user, data_error, try_later } kind = Kind::try_later;
  std::string text;  // one line for the mail system's log
};

// `fifteen deliver`: spools one mail for `mailbox`, or without it for the first mailbox of ours among the mail's
// Delivered-To, X-Original-To, To and Cc; a desk with one mailbox takes everything there. Lines that end in a bare LF,
// as pipes have them, are made CR LF. The spool's id once the mail is durable.
std::expected<std::int64_t, DeliverRefusal> deliver(store::Spool& spool, std::string bytes,
                                                    std::optional<std::string> mailbox, Instant now);

}  // namespace fifteen::intake
