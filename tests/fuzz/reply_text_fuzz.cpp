#include <array>
#include <cstdint>
#include <cstdlib>

#include "mail/ascii.hpp"
#include "mail/reply_text.hpp"
#include "mail/utf8.hpp"

namespace {

// How often each ASCII letter and digit occurs: what no trimming may take.
std::array<std::size_t, 128> letters_of(std::initializer_list<std::string_view> texts) {
  std::array<std::size_t, 128> counts{};
  for (const auto text : texts)
    for (const char c : text)
      if (fifteen::mail::is_alpha(c) || fifteen::mail::is_digit(c)) ++counts[static_cast<std::size_t>(c)];
  return counts;
}

}  // namespace

// Splitting loses no word, adds none, and leaves valid UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen::mail;
  const auto text = clean_text({reinterpret_cast<const char*>(data), size});
  const auto reply = split_reply(text);
  for (const auto* part : {&reply.visible, &reply.signature, &reply.folded})
    if (!is_valid_utf8(*part)) std::abort();
  if (letters_of({reply.visible, reply.signature, reply.folded}) != letters_of({text})) std::abort();
  if (reply.visible.size() + reply.signature.size() + reply.folded.size() > text.size() + 2) std::abort();
  return 0;
}
