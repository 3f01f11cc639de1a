#include "server/desk/knowledge/answer_article.hpp"

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"
#include "mail/reply_words.hpp"
#include "mail/signature.hpp"
#include "search/language.hpp"
#include "search/text.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/columns.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_greeting = 60;  // bytes: "Good morning, Mr Alexander Konstantinopolsky,"
constexpr std::size_t longest_title = 120;    // characters
constexpr std::size_t longest_sign_off = 40;  // bytes
constexpr int telling_digits = 5;             // of an order; years and small sums have fewer
constexpr int telling_digits_in_groups = 7;   // of a telephone number

// In lower case where it is ASCII; other letters with both of their cases.
constexpr std::array greetings = std::to_array<std::string_view>(
    {"hi",        "hello",   "hey",     "dear",    "good morning", "good afternoon", "good evening", "good day",
     "greetings", "ciao",    "salve",   "gentile", "gentili",      "buongiorno",     "buonasera",    "buon giorno",
     "caro",      "cara",    "egregio", "hallo",   "guten",        "liebe",          "lieber",       "sehr geehrte",
     "bonjour",   "bonsoir", "hola",    "buenos",  "Здравствуйте", "здравствуйте",   "Добрый",       "добрый",
     "Привет",    "привет",  "Уважаем", "уважаем", "Доброго",      "доброго",        "Добрий",       "добрий",
     "Вітаю",     "вітаю",   "Привіт",  "привіт",  "Шановн",       "шановн",         "您好",         "你好",
     "尊敬的",    "亲爱的"});

bool greets(std::string_view line) {
  const std::string lowered = mail::lower(line);
  return std::ranges::any_of(greetings, [&](std::string_view word) {
    if (!lowered.starts_with(word)) return false;
    const char next = lowered.size() > word.size() ? lowered[word.size()] : ' ';
    return !(next >= 'a' && next <= 'z');  // "hint" greets nobody
  });
}

// Behind "Hi Giulia, " or the line of its own that it is; 0: there is no greeting.
std::size_t greeting_length(std::string_view line) {
  if (!greets(line)) return 0;
  constexpr std::array ends = std::to_array<std::string_view>({",", "!", ".", ":", "，", "！", "：", "。"});
  std::size_t first = std::string_view::npos, length = 0;
  for (const std::string_view end : ends)
    if (const auto at = line.find(end); at < first) first = at, length = end.size();
  if (first == std::string_view::npos) return line.size() <= longest_greeting ? line.size() : 0;
  return first <= longest_greeting ? first + length : 0;
}

std::string_view without_greeting(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  text.remove_prefix(greeting_length(text.substr(0, text.find('\n'))));
  const auto rest = text.find_first_not_of(" \t\r\n");
  return rest == std::string_view::npos ? std::string_view() : text.substr(rest);
}

std::string first_word(std::string_view name) {
  return std::string(name.substr(0, name.find(' ')));
}

// Up to where the letter's lines are more than its close.
std::size_t lines_before_sign_off(const std::vector<std::string_view>& lines, std::string_view agent) {
  std::size_t end = mail::find_signature(lines, 0, lines.size()).begins;
  while (end > 0 && mail::trim(lines[end - 1]).empty()) --end;
  // "Best regards," and up to three short lines below it; or her name alone.
  for (std::size_t i = end, filled = 0; i-- > 0 && filled < 4;) {
    const auto line = mail::trim(lines[i]);
    if (line.empty()) continue;
    if (i > 0 && mail::is_sign_off(mail::lower(line.substr(0, 200)))) {
      end = i;
      break;
    }
    if (line.size() > longest_sign_off) break;
    ++filled;
  }
  if (end > 1 && !agent.empty()) {
    auto last = mail::trim(lines[end - 1]);
    while (last.starts_with('-') || last.starts_with(' ')) last.remove_prefix(1);
    if (last == agent || last == first_word(agent)) --end;
  }
  while (end > 0 && mail::trim(lines[end - 1]).empty()) --end;
  return end;
}

bool is_letter(char c) {
  return mail::is_alpha(c) || !mail::is_ascii({&c, 1});
}
bool is_telephones(char c) {
  return mail::is_digit(c) || std::string_view("+-()./").contains(c);
}
auto digits_in(std::string_view text) {
  return std::ranges::count_if(text, mail::is_digit);
}

// An address, an order's number: something with an owner.
bool tells_of_somebody(std::string_view word) {
  const auto at = word.find('@');
  if (at != std::string_view::npos && at > 0 && at + 1 < word.size()) return true;
  const auto digits = digits_in(word);
  return digits >= telling_digits || (digits >= 3 && word.starts_with('#'));
}

// Words of a line with what stands between them.
class Marking {
 public:
  explicit Marking(std::vector<std::string> names) : names_(std::move(names)) {}

  std::string mark(std::string_view line) {
    std::string out;
    while (!line.empty()) {
      const auto blanks = std::min(line.find_first_not_of(" \t"), line.size());
      out += line.substr(0, blanks);
      line.remove_prefix(blanks);
      const auto length = next(line);
      out += marked(line.substr(0, length));
      line.remove_prefix(length);
    }
    return out;
  }
  std::vector<std::string> found;

 private:
  // Up to the next blank; of "+39 06 123 4567" all.
  static std::size_t next(std::string_view line) {
    const auto end_of_word = [&](std::size_t from) { return std::min(line.find_first_of(" \t", from), line.size()); };
    const std::size_t one = end_of_word(0);
    std::size_t end = one;
    while (end < line.size()) {
      const auto begins = line.find_first_not_of(" \t", end);
      if (begins == std::string_view::npos) break;
      const auto word = line.substr(begins, end_of_word(begins) - begins);
      if (!std::ranges::all_of(line.substr(0, end), [](char c) { return is_telephones(c) || c == ' '; }) ||
          !is_telephones(word.front()) || digits_in(word) == 0)
        break;
      end = begins + word.size();
    }
    return digits_in(line.substr(0, end)) >= telling_digits_in_groups ? end : one;
  }

  // What stands around a word ("(", "*", ".") stays around its mark.
  std::string marked(std::string_view word) {
    constexpr std::string_view around = "()[]<>*_\"'`.,;:!?";
    const auto begin = word.find_first_not_of(around);
    if (begin == std::string_view::npos) return std::string(word);
    const auto end = word.find_last_not_of(around) + 1;
    const auto inner = word.substr(begin, end - begin);
    if (!tells_of_somebody(inner) && !is_name(inner)) return std::string(word);
    found.emplace_back(inner);
    if (inner.contains("://")) return std::string(word);  // a mark would break the link
    return std::string(word.substr(0, begin)) + "[check: " + std::string(inner) + "]" + std::string(word.substr(end));
  }

  bool is_name(std::string_view word) const {
    if (word.ends_with("'s")) word.remove_suffix(2);
    if (word.ends_with("’s")) word.remove_suffix(std::string_view("’s").size());
    return std::ranges::find(names_, word) != names_.end();
  }

  std::vector<std::string> names_;
};

// The words of her name that are long enough to be told from others.
std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  while (!name.empty()) {
    const auto end = std::min(name.find(' '), name.size());
    if (end >= 3) words.emplace_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

// ", Giulia" says nothing to others.
std::string without_vocative(std::string text, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    for (const std::string comma : {", ", "，"})
      for (std::size_t at = 0; (at = text.find(comma + name, at)) != std::string::npos;) {
        const auto end = at + comma.size() + name.size();
        if (end < text.size() && is_letter(text[end])) {
          at = end;
          continue;
        }
        text.erase(at, end - at);
      }
  return text;
}

// "Re: Fwd: [Shop] Charged twice": what it is about.
std::string_view bare_subject(std::string_view subject) {
  constexpr std::array prefixes =
      std::to_array<std::string_view>({"re:", "fwd:", "fw:", "aw:", "wg:", "r:", "i:", "rif:", "sv:", "回复:", "回复：",
                                       "转发:", "转发：", "答复:", "答复："});
  for (bool again = true; again;) {
    subject = mail::trim(subject);
    again = false;
    const std::string lowered = mail::lower(subject.substr(0, 40));
    for (const std::string_view prefix : prefixes)
      if (lowered.starts_with(prefix)) {
        subject.remove_prefix(prefix.size());
        again = true;
        break;
      }
    if (subject.starts_with('[') && subject.contains(']')) {
      subject.remove_prefix(subject.find(']') + 1);
      again = true;
    }
  }
  return subject;
}

// The first sentence that asks, or the first one.
std::string first_question(std::string_view question) {
  const std::string line = preview_of(without_greeting(question));
  const auto mark = line.find('?');
  if (mark == std::string::npos) return line.substr(0, line.find(". "));
  const auto before = line.rfind(". ", mark);
  const auto begin = before == std::string::npos ? 0 : before + 2;
  return line.substr(begin, mark + 1 - begin);
}

}  // namespace

AnswerArticle answer_as_article(const AnswerGiven& given) {
  const std::vector<std::string> names = words_of_name(given.customer_name);
  const std::string to_anyone = without_vocative(given.reply, names);
  const std::string reply(without_greeting(to_anyone));
  const auto lines = mail::lines_of(reply);
  Marking marking(names);
  AnswerArticle article;
  for (std::size_t i = 0, end = lines_before_sign_off(lines, given.agent_name); i < end; ++i)
    article.body += marking.mark(lines[i]) + "\n";

  std::string title(bare_subject(given.subject));
  if (title.empty()) title = first_question(given.question);
  article.title = store::clip(marking.mark(title), longest_title);
  article.to_check = std::move(marking.found);
  article.locale = "en";
  for (const std::string& words : {reply, reply + "\n" + given.question})
    if (auto guess = search::guess_language(search::normalise(words, 4096)); !guess.empty()) {
      article.locale = std::move(guess);
      break;
    }
  return article;
}

}  // namespace fifteen::desk
