#include "mail/reply_text.hpp"
namespace fifteen::mail {
ReplyText split_reply(std::string_view text, std::string_view) {
  return {std::string(text), {}, {}};
}
}  // namespace fifteen::mail
