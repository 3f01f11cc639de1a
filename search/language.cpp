#include "search/language.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "search/text.hpp"

namespace fifteen::search {
namespace {

// Short words that nearly every text of a language has, chosen where they tell it from its neighbours.
struct CommonWords {
  std::string_view language;
  std::string_view words;
};
constexpr std::array<CommonWords, 19> common = {{
    {"en",
     "the and is are to of my i you it for have can how what do not with this be was your don't i'm please a as at on "
     "no where when why does"},
    {"de",
     "der die das und ist ich nicht ein eine zu wie mit auf für sie es den dem von meine mein kann wird habe bitte"},
    {"fr", "le la les et est je ne pas un une des du que pour mon ma dans avec vous il sur comment ai ce mes j'ai"},
    {"it", "il la che non un una di è per mi sono con ho come del della i le mio mia gli posso ordine si nel perché"},
    {"es", "el la que no un una de en es y los las por mi para con se cómo mis del está puedo lo al qué"},
    {"pt", "o a que não um uma de em é e os as por para com do da meu minha como se eu está no na"},
    {"nl", "de het een en is ik niet van mijn te dat op voor met hoe zijn kan er je wat heb aan"},
    {"sv", "och att det är jag inte en ett som på för med min av hur kan har till den mitt"},
    {"da", "og at det er jeg ikke en et som på for med min af hvordan kan har til den mit"},
    {"nb", "og at det er jeg ikke en et som på for med min av hvordan kan har til den mitt"},
    {"fi", "ja on ei se että en olen mutta kun miten minun voi tämä ole mitä oli"},
    {"pl", "i nie w na się jest to że z do jak mam mój moja czy co dla po jestem"},
    {"cs", "a se je na v že to si jak do jsem mi ale není můj moje mám"},
    {"ro", "și nu în de la este un o cu că mai pe pentru cum am meu mea sunt"},
    {"hu", "a az és nem hogy egy van is meg ez de csak már ha vagy nekem"},
    {"tr", "bir ve bu için ne da de çok nasıl var mi benim değil ile ben"},
    {"ru", "и в не на я что как с это для мне мой моя где когда можно нет если или вы из по от"},
    {"uk", "і в не на я що як з це для мені мій моя де коли можна ні якщо або ви із свого та від"},
    {"id", "yang dan di saya tidak ini itu untuk dengan ada bisa dari apa bagaimana ke"},
}};

struct Scripts {
  int latin = 0, cyrillic = 0, han = 0, kana = 0, hangul = 0, greek = 0, arabic = 0, hebrew = 0;
  int only_ukrainian = 0, only_russian = 0;
};

void count(Scripts& seen, unsigned c) {
  if (c < 0x80) {
    seen.latin += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return;
  }
  static constexpr std::array<unsigned, 8> ukrainian = {0x404, 0x406, 0x407, 0x454, 0x456, 0x457, 0x490, 0x491};
  static constexpr std::array<unsigned, 6> russian = {0x42A, 0x42B, 0x42D, 0x44A, 0x44B, 0x44D};
  if (c >= 0xC0 && c <= 0x24F) ++seen.latin;
  if (c >= 0x370 && c <= 0x3FF) ++seen.greek;
  if (c >= 0x590 && c <= 0x5FF) ++seen.hebrew;
  if (c >= 0x600 && c <= 0x6FF) ++seen.arabic;
  if (c >= 0x400 && c <= 0x4FF) {
    ++seen.cyrillic;
    seen.only_ukrainian += static_cast<int>(std::ranges::count(ukrainian, c));
    seen.only_russian += static_cast<int>(std::ranges::count(russian, c));
  }
  if (c >= 0x3040 && c <= 0x30FF)
    ++seen.kana;
  else if (c >= 0xAC00 && c <= 0xD7AF)
    ++seen.hangul;
  else if (is_cjk(c))
    ++seen.han;
}

enum class Script { none, latin, cyrillic, greek, arabic, hebrew, cjk };

Script script_of(const Scripts& seen) {
  // A CJK character says about as much as three letters: product names in Latin letters do not turn the scale.
  if (3 * (seen.han + seen.kana + seen.hangul) > seen.latin + seen.cyrillic) return Script::cjk;
  if (seen.cyrillic > seen.latin) return Script::cyrillic;
  if (seen.greek > seen.latin) return Script::greek;
  if (seen.arabic > seen.latin) return Script::arabic;
  if (seen.hebrew > seen.latin) return Script::hebrew;
  return seen.latin > 0 ? Script::latin : Script::none;
}

// Latin also for scripts that are not counted above: nothing is known against their languages then.
Script script_of(std::string_view language) {
  static constexpr std::array<std::pair<Script, std::string_view>, 5> scripts = {
      {{Script::cyrillic, "be bg kk ky mk mn ru sr tg uk"},
       {Script::greek, "el"},
       {Script::arabic, "ar fa ps ur"},
       {Script::hebrew, "he yi"},
       {Script::cjk, "ja ko zh"}}};
  for (const auto& [script, languages] : scripts)
    for (auto one : languages | std::views::split(' '))
      if (std::string_view(one) == language) return script;
  return Script::latin;
}

// Each language's common words are counted; the winner needs a word more than the next, so that "no" alone says
// nothing, and two more than the language that is to be expected. That one needs no more than one to speak for it, and
// none where its words are not known here.
std::string by_common_words(std::string_view text, const std::string& expected) {
  static const auto languages_by_word = [] {
    std::unordered_map<std::string_view, std::vector<std::size_t>> index;
    for (std::size_t i = 0; i < common.size(); ++i)
      for (auto word : common[i].words | std::views::split(' ')) index[std::string_view(word)].push_back(i);
    return index;
  }();
  std::array<int, common.size()> votes{};
  for (const std::string& word : words(text))
    if (const auto found = languages_by_word.find(word); found != languages_by_word.end())
      for (std::size_t i : found->second) ++votes[i];
  const auto best = std::ranges::max_element(votes);
  const int top = *best;
  const bool is_clear = top > 0 && std::ranges::count(votes, top) == 1;
  std::string winner(is_clear ? common[static_cast<std::size_t>(best - votes.begin())].language : "");
  if (expected.empty()) return winner;
  const auto place = std::ranges::find(common, expected, &CommonWords::language);
  const bool is_known = place != common.end();
  const int for_expected = is_known ? votes[static_cast<std::size_t>(place - common.begin())] : 0;
  if (is_clear && top >= for_expected + 2) return winner;
  return for_expected > 0 || !is_known ? expected : "";
}

}  // namespace

bool is_common_word(std::string_view word, std::string_view language) {
  const auto of = std::ranges::find(common, language, &CommonWords::language);
  if (of == common.end()) return false;
  return std::ranges::any_of(of->words | std::views::split(' '),
                             [word](auto known) { return std::string_view(known) == word; });
}

std::string language_of(std::string_view locale) {
  std::string language;
  for (char c : locale) {
    if (c == '-' || c == '_' || c == '.') break;
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (lower < 'a' || lower > 'z') return {};
    language += lower;
  }
  if (language.size() < 2 || language.size() > 3) return {};
  if (language == "no") return "nb";
  return language;
}

std::string guess_language(std::string_view normalised) {
  return language_written(normalised, {});
}

std::string language_written(std::string_view normalised, std::string_view locale) {
  const std::string_view sample = cut(normalised, 4000);
  Scripts seen;
  for (Xapian::Utf8Iterator at(sample.data(), sample.size()); at != Xapian::Utf8Iterator(); ++at) count(seen, *at);
  const Script script = script_of(seen);
  std::string expected = language_of(locale);
  if (script_of(expected) != script) expected.clear();
  switch (script) {
    case Script::cjk:
      if (seen.kana * 10 > seen.han) return "ja";
      if (seen.hangul > seen.han) return "ko";
      return expected.empty() ? "zh" : expected;
    case Script::cyrillic:
      if (seen.only_ukrainian != seen.only_russian && (expected.empty() || expected == "ru" || expected == "uk"))
        return seen.only_ukrainian > seen.only_russian ? "uk" : "ru";
      return by_common_words(sample, expected);
    case Script::greek:
      return "el";
    case Script::arabic:
      return expected.empty() ? "ar" : expected;
    case Script::hebrew:
      return expected.empty() ? "he" : expected;
    case Script::latin:
      return by_common_words(sample, expected);
    default:
      return {};
  }
}

std::string language_asked(std::string_view normalised, std::string_view locale) {
  std::string written = language_written(normalised, locale);
  return written.empty() ? language_of(locale) : written;
}

std::string language_or_guess(std::string_view locale, std::string_view normalised) {
  std::string language = language_of(locale);
  return language.empty() ? guess_language(normalised) : language;
}

bool has_stemmer(std::string_view language) {
  static constexpr std::array<std::string_view, 22> known = {"ar", "hy", "eu", "ca", "da", "nl", "en", "fi",
                                                             "fr", "de", "hu", "id", "ga", "it", "lt", "nb",
                                                             "pt", "ro", "ru", "es", "sv", "tr"};
  return std::ranges::count(known, language) > 0;
}

}  // namespace fifteen::search
