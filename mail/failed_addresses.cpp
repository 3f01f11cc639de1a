#include <array>

#include "mail/ascii.hpp"
#include "mail/bounce_words.hpp"

namespace fifteen::mail {
namespace {

constexpr bool is_address_char(char c) {
  return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '=' || c == '~' ||
         c == '#' || c == '/' || c == '&' || c == '%' || c == '!' || c == '*' || c == '$' || c == '{' || c == '}' ||
         c == '\'';
}

struct Found {
  std::string address;
  std::string_view before;  // in its line
  std::string_view after;
};

// Every local@domain.tld of a line.
std::vector<Found> addresses_of(std::string_view line) {
  std::vector<Found> found;
  for (auto at = line.find('@'); at != std::string_view::npos; at = line.find('@', at + 1)) {
    auto begin = at, end = at + 1;
    while (begin > 0 && at - begin < 64 && is_address_char(line[begin - 1])) --begin;
    while (end < line.size() && (is_alpha(line[end]) || is_digit(line[end]) || line[end] == '-' || line[end] == '.'))
      ++end;
    while (begin < at && (line[begin] == '.' || line[begin] == '\'' || line[begin] == '*' || line[begin] == '='))
      ++begin;
    // "SMTP=user@example.com" and "rfc822;user@…" name the address behind the mark.
    if (const auto mark = line.substr(begin, at - begin).rfind('=');
        mark != std::string_view::npos && begin + mark + 1 < at)
      if (starts_with_word(line.substr(begin), "smtp=")) begin += mark + 1;
    while (end > at + 1 && (line[end - 1] == '.' || line[end - 1] == '-')) --end;
    const auto domain = line.substr(at + 1, end - at - 1);
    if (begin == at || domain.empty() || domain.front() == '.') continue;
    found.push_back({std::string(line.substr(begin, end - begin)), line.substr(0, begin), line.substr(end)});
  }
  return found;
}

constexpr std::string_view ours[] = {"mail from",        "from:",     "from=",     "from ",        "sender",
                                     "reply to",         "reply-to",  "contact",   "send mail to", "message-id",
                                     "return-path",      "http",      "mailto",    "assistance",   "help",
                                     "complain",         "subject:",  "date:",     "cc:",          "envelope-from",
                                     "original message", "errors-to", "whitelist", "forward"};

bool is_of_our_side(std::string_view lowered_before) {
  if (lowered_before.find("generated from") != std::string_view::npos) return false;
  return std::ranges::any_of(ours, [&](auto word) { return lowered_before.find(word) != std::string_view::npos; });
}

// Nothing but brackets, bullets and blanks stands before it.
bool begins_line(std::string_view before) {
  return before.find_first_not_of(" \t<>\"'*-([|:;=") == std::string_view::npos;
}

constexpr std::string_view named[] = {
    "rcpt to",        "recipient", "error-for", "deliver", "user",    "address",    "mailbox",   "failed",
    "generated from", "to:",       "to <",      "smtp=",   "account", "unknown",    "not found", "sent to",
    "addresse",       "destinat",  "empf",      "получат", "收件",    "message to", "for "};

bool is_named_failed(std::string_view lowered_before) {
  return std::ranges::any_of(named, [&](auto word) { return lowered_before.find(word) != std::string_view::npos; });
}

// "To:" above "Subject:" is from the head of the mail that came back; it may name a list or others that got it.
bool is_copied_header(const std::vector<std::string_view>& lines, std::size_t i) {
  if (!starts_with_word(trim(lines[i]), "to:")) return false;
  for (std::size_t next = i + 1; next < lines.size() && next < i + 4; ++next)
    if (starts_with_word(trim(lines[next]), "subject:")) return true;
  return false;
}

}  // namespace

std::vector<std::string> failed_addresses(std::string_view report, const std::vector<std::string>& not_these) {
  // How sure we are that an address is a failed one, best first; the best kind that occurs is taken.
  enum Kind { alone_on_line, named_failed, mentioned, kinds };
  std::array<std::vector<std::string>, kinds> by_kind;
  const auto lines = lines_of(report);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool copied = is_copied_header(lines, i);
    for (const auto& found : addresses_of(lines[i])) {
      const auto before = lower(found.before), address = lower(found.address);
      const auto local = address.substr(0, address.find('@'));
      if (is_daemon(local) || is_of_our_side(before) || std::ranges::find(not_these, address) != not_these.end())
        continue;
      const bool first = begins_line(found.before);
      auto& list = by_kind[copied                    ? mentioned
                           : first                   ? alone_on_line
                           : is_named_failed(before) ? named_failed
                                                     : mentioned];
      if (list.size() < 100 && std::ranges::find(list, address) == list.end()) list.push_back(address);
    }
  }
  for (const auto& list : by_kind)
    if (!list.empty()) return list;
  return {};
}

}  // namespace fifteen::mail
