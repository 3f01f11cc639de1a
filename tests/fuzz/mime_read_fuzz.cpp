#include <cstdint>
#include <cstdlib>

#include "mail/mime_read.hpp"
#include "mail/utf8.hpp"

// Any bytes are a mail: reading ends, throws nothing, and all text that comes out is valid UTF-8 without NUL.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen::mail;
  const Message message = read_message({reinterpret_cast<const char*>(data), size});
  for (const auto* text : {&message.subject, &message.text, &message.visible_text, &message.signature, &message.html,
                           &message.message_id, &message.unreadable_because})
    if (!is_valid_utf8(*text) || text->find('\0') != std::string::npos) std::abort();
  for (const auto& part : message.parts)
    if (!is_valid_utf8(part.name) || part.name.find_first_of("/\\") != std::string::npos) std::abort();
  return 0;
}
