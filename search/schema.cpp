#include "search/schema.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "search/language.hpp"
#include "search/text.hpp"

namespace fifteen::search::schema {
namespace {

constexpr Xapian::termcount title_weight = 3;
// Bounds on what one document may cost: an article, a long ticket, what its past tickets said.
constexpr std::size_t article_bytes = 256u << 10;
constexpr std::size_t ticket_bytes = 256u << 10;
constexpr std::size_t snippet_bytes = 32u << 10;
constexpr std::size_t solved_bytes = 4u << 10;
constexpr std::size_t solved_count = 1000;
constexpr std::size_t unstemmed_letters = 5;

void add_text(Xapian::Document& document, std::string_view normalised, const Stemmer& stemmer,
              Xapian::termcount weight) {
  std::unordered_map<std::string, Xapian::termcount> counts;
  for (std::string& word : words(normalised)) ++counts[std::move(word)];
  for (const auto& [word, count] : counts) {
    document.add_term(word, count * weight);
    if (const std::string term = stemmer.term(word); term != word) document.add_term(term, count * weight);
  }
}

void set_language(Xapian::Document& document, const std::string& language) {
  document.add_boolean_term(language_term(language));
  document.add_value(language_slot, language);
}

// What articles and ideas have in common, up to their words from elsewhere.
Xapian::Document answer(const std::string& title, const std::string& body, const std::string& language,
                        const Stemmer& stemmer) {
  Xapian::Document document;
  add_text(document, title, stemmer, title_weight);
  add_text(document, body, stemmer, 1);
  std::string spellings;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term)
    if (const std::string word = *term; word[0] != 'Z') spellings += word + "\n";
  document.set_data(spellings);
  set_language(document, language);
  return document;
}

void set_visible(Xapian::Document& document, bool visible) {
  document.add_boolean_term(visible ? for_customers : for_agents);
  document.add_value(visible_slot, visible ? "1" : "");
}

bool has_letters_only(const std::string& word) {
  return std::ranges::none_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::filesystem::path articles_in(const std::filesystem::path& folder) {
  return folder / "articles";
}
std::filesystem::path tickets_in(const std::filesystem::path& folder) {
  return folder / "tickets";
}
std::string language_term(std::string_view language) {
  return language_kind + std::string(language);
}

Xapian::docid number_of(Kind kind, std::int64_t id) {
  if (id < 1 || id > std::numeric_limits<std::int32_t>::max()) throw Xapian::InvalidArgumentError("id out of range");
  return static_cast<Xapian::docid>(2 * id + (kind == Kind::idea ? 1 : 0));
}
Kind kind_of(Xapian::docid number) {
  return number % 2 == 0 ? Kind::article : Kind::idea;
}
std::int64_t id_of(Xapian::docid number) {
  return number / 2;
}

Stemmer::Stemmer(std::string_view language) : stems_(has_stemmer(language)) {
  if (stems_) stem_ = Xapian::Stem(std::string(language));
}

std::string Stemmer::term(const std::string& word) const {
  if (word.empty() || !has_letters_only(word) || is_cjk(*Xapian::Utf8Iterator(word))) return word;
  if (stems_) return "Z" + stem_(word);
  std::size_t letters = 0, bytes = 0;
  for (; bytes < word.size(); ++bytes)
    if ((static_cast<unsigned char>(word[bytes]) & 0xC0) != 0x80 && ++letters > unstemmed_letters) break;
  return bytes == word.size() ? word : "Z" + word.substr(0, bytes);
}

std::vector<Token> tokens(std::string_view normalised, const Stemmer& stemmer) {
  std::vector<Token> found;
  for (std::string& word : words(normalised)) {
    std::string term = stemmer.term(word);
    found.push_back({std::move(word), std::move(term)});
  }
  return found;
}

Xapian::Document document_of(const Article& article) {
  const std::string title = normalise(article.title, article_bytes), body = normalise(article.body, article_bytes);
  const std::string language = language_or_guess(article.locale, title + "\n" + body);
  const Stemmer stemmer(language);
  Xapian::Document document = answer(title, body, language, stemmer);
  const std::size_t from = article.solved.size() - std::min(article.solved.size(), solved_count);
  for (std::size_t i = from; i < article.solved.size(); ++i)
    add_text(document, normalise(article.solved[i], solved_bytes), stemmer, 1);
  set_visible(document, article.published && !article.agents_only);
  return document;
}

Xapian::Document document_of(const Idea& idea) {
  const std::string title = normalise(idea.title, article_bytes), text = normalise(idea.text, article_bytes);
  const std::string language = language_written(title + "\n" + text, idea.locale);
  Xapian::Document document = answer(title, text, language, Stemmer(language));
  set_visible(document, true);
  document.add_boolean_term(is_idea);
  return document;
}

Xapian::Document document_of(const Ticket& ticket) {
  std::string text;
  for (const std::string& message : ticket.messages) {
    if (text.size() >= ticket_bytes) break;
    text += normalise(message, ticket_bytes - text.size()) + "\n";
  }
  const std::string subject = normalise(ticket.subject, snippet_bytes);
  const std::string language = guess_language(subject + "\n" + text);
  const Stemmer stemmer(language);
  Xapian::Document document;
  add_text(document, subject, stemmer, title_weight);
  add_text(document, text, stemmer, 1);
  add_text(document, normalise(ticket.customer_name, 1000), stemmer, 1);
  add_text(document, normalise(ticket.customer_email, 1000), stemmer, 1);
  add_text(document, std::to_string(ticket.number), stemmer, title_weight);
  set_language(document, language);
  if (ticket.open) document.add_boolean_term(is_open);
  document.set_data(subject + "\n" + std::string(cut(text, snippet_bytes)));
  return document;
}

}  // namespace fifteen::search::schema
