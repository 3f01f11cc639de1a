#include <cstdint>
#include <cstdlib>

#include "mail/reply_text.hpp"
#include "mail/utf8.hpp"

// Splitting loses no byte that is not a blank or a line end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen::mail;
  const auto text = clean_text({reinterpret_cast<const char*>(data), size});
  const auto reply = split_reply(text);
  if (!is_valid_utf8(reply.visible)) std::abort();
  if (reply.visible.size() + reply.signature.size() + reply.folded.size() > text.size() + 2) std::abort();
  return 0;
}
