#pragma once
#include <string>
#include <string_view>

namespace fifteen::mail {

// A mail's text in what its sender newly wrote and what is folded below it. Nothing is lost: the three together hold
// every word of the text (quoted lines that the sender answered one by one stay visible).
struct ReplyText {
  std::string visible;    // without quoted thread and signature
  std::string signature;  // as found right below the visible text
  std::string folded;     // the quoted thread
};

// Works by the marks that mail clients of many languages leave ("On … wrote:", "-----Original Message-----", header
// blocks,
// "> "); linear in the text.
ReplyText split_reply(std::string_view text);

}  // namespace fifteen::mail
