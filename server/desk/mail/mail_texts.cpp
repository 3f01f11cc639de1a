#include "server/desk/mail/mail_texts.hpp"

#include <chrono>
#include <map>
#include <sstream>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "search/language.hpp"
#include "search/text.hpp"
#include "server/base/embedded.hpp"

namespace fifteen::desk {
namespace {

// A greeting and a few lines tell a language; more only costs.
constexpr std::size_t telling_bytes = 1000;

using Texts = std::map<std::string, std::string, std::less<>>;

// "in Italian" is said of articles in mails as on pages.
bool is_for_mails(std::string_view key) {
  return key.starts_with("mail.") || key.starts_with("portal.in_");
}

// Language to key to text; read once, at the first mail.
const std::map<std::string, Texts, std::less<>>& texts() {
  static const auto read = [] {
    std::map<std::string, Texts, std::less<>> languages;
    for (const auto& [name, bytes] : embedded_locales()) {
      Texts& language = languages[std::string(name.substr(0, name.rfind('.')))];
      const boost::json::value parsed = boost::json::parse({bytes.data(), bytes.size()});
      for (const auto& [key, text] : parsed.as_object())
        if (text.is_string() && is_for_mails(key))
          language.emplace(std::string_view(key), std::string_view(text.get_string()));
    }
    return languages;
  }();
  return read;
}

// "zh-Hans" serves for "zh".
std::string ours(std::string_view primary) {
  for (const auto& [language, known] : texts())
    if (!primary.empty() && std::string_view(language).substr(0, language.find('-')) == primary) return language;
  return {};
}

// Each "{key}" once over, so that no value is read for keys.
std::string filled(std::string_view text, const Texts& values) {
  std::string out;
  for (std::size_t open; (open = text.find('{')) != std::string_view::npos;) {
    const std::size_t close = text.find('}', open);
    out.append(text.substr(0, open)).append(values.at(std::string(text.substr(open + 1, close - open - 1))));
    text.remove_prefix(close + 1);
  }
  return out.append(text);
}

}  // namespace

std::string mail_text(std::string_view language, std::string_view key,
                      const std::map<std::string, std::string, std::less<>>& values) {
  for (const std::string_view of : {language, std::string_view("en")})
    if (const auto known = texts().find(of); known != texts().end())
      if (const auto text = known->second.find(key); text != known->second.end()) return filled(text->second, values);
  throw std::logic_error("no text " + std::string(key));
}

std::string mail_language(std::string_view locale, std::string_view text) {
  std::string language = ours(search::language_of(locale));
  if (language.empty()) language = ours(search::guess_language(search::normalise(text, telling_bytes)));
  return language.empty() ? "en" : language;
}

std::map<std::string, std::string, std::less<>> date_places(std::string_view language, Instant at) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
  std::istringstream months(mail_text(language, "mail.months"));
  std::string month;
  for (unsigned passed = 0; passed < static_cast<unsigned>(date.month()); ++passed) months >> month;
  return {{"day", std::to_string(static_cast<unsigned>(date.day()))},
          {"month", month},
          {"year", std::to_string(static_cast<int>(date.year()))}};
}

std::string quote_line(std::string_view language, std::string_view name, Instant at) {
  auto places = date_places(language, at);
  places.emplace("name", name);
  return mail_text(language, "mail.quote", places);
}

}  // namespace fifteen::desk
