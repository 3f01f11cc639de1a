#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/base/clock.hpp"

namespace fifteen::desk {

// What the program itself writes to people, in their language: the "mail.…" and "portal.in_…" texts of web/locales,
// with these values in their {places}. Any thread.
std::string mail_text(std::string_view language, std::string_view key,
                      const std::map<std::string, std::string, std::less<>>& values = {});

// The language of ours that a locale ("it-IT") names, else the one that a text seems to be written in; "en" when
// neither is one of ours.
std::string mail_language(std::string_view locale, std::string_view text);

// {day}, {month}, {year} of an instant in UTC, for a text that has these places.
std::map<std::string, std::string, std::less<>> date_places(std::string_view language, Instant at);

// The line above a quote, "On 3 April 2026, Giulia wrote:", with the day in UTC. mail::split_reply() knows it again.
std::string quote_line(std::string_view language, std::string_view name, Instant at);

}  // namespace fifteen::desk
