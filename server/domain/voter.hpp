#pragma once
#include <string>
#include <string_view>

namespace fifteen {

// One person's address, whatever way she spells it, so that one mailbox is one vote: in lower case, without "+anything"
// before the @, its domain as mail is routed by it, and at Gmail without dots and under one of its two names. A few
// mail servers hold "a+b" to be somebody else than "a"; those two share a vote.
std::string voter_key(std::string_view address);

}  // namespace fifteen
