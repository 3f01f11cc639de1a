#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What mail servers say when they do not follow RFC 3464. Patterns are plain words in lower case, looked for in text in
// lower case: linear, no regular expressions.
namespace fifteen::mail {

// "failure notice", "Undeliverable: …", "Mail delivery failed": the stock subjects of delivery reports.
bool is_bounce_subject(std::string_view lowered_subject);
// Of these, the ones that only warn: nothing is lost yet.
bool is_delay_text(std::string_view lowered);
// A sentence only a mail server writes about a mail it could not deliver.
bool has_bounce_sentence(std::string_view lowered);
// MAILER-DAEMON, postmaster and the like: the local part of an address.
bool is_daemon(std::string_view lowered_local_part);

// The address is wrong for good (no such user or domain, moved away), as far as these words and status codes tell.
bool says_no_such_address(std::string_view lowered);
// Something else is wrong: mailbox full, sender blocked, mail refused for what it holds.
bool says_other_reason(std::string_view lowered);

// "5.1.1" anywhere in the text; else the class of a reply code, "550" -> "5.0.0".
std::string find_status(std::string_view text);

// Where a copy of the mail that came back begins; npos when there is none.
std::size_t original_begins(std::string_view text, std::string_view lowered);

// The addresses that a human-readable report names as failed, each once, in order.
std::vector<std::string> failed_addresses(std::string_view report, const std::vector<std::string>& not_these);

}  // namespace fifteen::mail
