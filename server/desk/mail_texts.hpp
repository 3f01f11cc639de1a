#pragma once
#include <string>
#include <string_view>

namespace fifteen::desk {

// What the program itself writes to people, in their language: the "mail.…" texts of web/locales. Any thread.
std::string mail_text(std::string_view language, std::string_view key);

// The language of ours that a locale ("it-IT") names, else the one that a text seems to be written in; "en" when
// neither is one of ours.
std::string mail_language(std::string_view locale, std::string_view text);

}  // namespace fifteen::desk
