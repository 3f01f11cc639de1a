#include "server/desk/mail_texts.hpp"

#include <map>
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

// Language to key to text; read once, at the first mail.
const std::map<std::string, Texts, std::less<>>& texts() {
  static const auto read = [] {
    std::map<std::string, Texts, std::less<>> languages;
    for (const auto& [name, bytes] : embedded_locales()) {
      Texts& language = languages[std::string(name.substr(0, name.rfind('.')))];
      const boost::json::value parsed = boost::json::parse({bytes.data(), bytes.size()});
      for (const auto& [key, text] : parsed.as_object())
        if (text.is_string() && std::string_view(key).starts_with("mail."))
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

}  // namespace

std::string mail_text(std::string_view language, std::string_view key) {
  for (const std::string_view of : {language, std::string_view("en")})
    if (const auto known = texts().find(of); known != texts().end())
      if (const auto text = known->second.find(key); text != known->second.end()) return text->second;
  throw std::logic_error("no text " + std::string(key));
}

std::string mail_language(std::string_view locale, std::string_view text) {
  std::string language = ours(search::language_of(locale));
  if (language.empty()) language = ours(search::guess_language(search::normalise(text, telling_bytes)));
  return language.empty() ? "en" : language;
}

}  // namespace fifteen::desk
