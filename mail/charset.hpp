#pragma once
#include <string>
#include <string_view>

namespace fifteen::mail {

// Bytes in the declared charset as clean UTF-8 (see utf8.hpp). Undeclared, unknown and plainly wrong charsets are
// guessed: UTF-8 where the bytes are valid as such, else what uchardet says, else windows-1252. Any
// thread.
std::string to_utf8(std::string_view bytes, std::string_view declared);

}  // namespace fifteen::mail
