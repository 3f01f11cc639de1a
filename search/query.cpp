#include "search/query.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "search/schema.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

using schema::Token;
using Xapian::Query;

constexpr std::size_t looked_up_words = 400;  // of a long text, the rest says nothing new
constexpr Xapian::termcount rarest_terms = 12;
constexpr Xapian::termcount prefix_expansion = 50;
constexpr std::size_t prefix_letters = 3;  // two letters cost 13 ms on 100,000 documents, three 2 ms
constexpr double guess_weight = 0.5;       // what a mended or half word counts against one as it is written

bool is_last_word_open(std::string_view text) {
  if (text.empty()) return false;
  const auto last = static_cast<unsigned char>(text.back());
  return last >= 0x80 || Xapian::Unicode::is_wordchar(last);
}

std::string character(unsigned c) {
  std::string text;
  Xapian::Unicode::append_utf8(text, c);
  return text;
}

bool is_known(const Xapian::Database& database, const Token& token) {
  return database.term_exists(token.term) || database.term_exists(token.word);
}

bool begins_some_word(const Xapian::Database& database, const std::string& prefix) {
  return database.allterms_begin(prefix) != database.allterms_end(prefix);
}

Query beginning_with(const std::string& prefix) {
  return {Query::OP_WILDCARD, prefix, prefix_expansion, Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM};
}

Query mended(const Xapian::Database& articles, const std::string& word, const schema::Stemmer& stemmer) {
  const std::size_t letters = length(word);
  if (letters < 4) return {};
  const std::string meant = articles.get_spelling_suggestion(word, letters < 7 ? 1 : 2);
  if (meant.empty()) return {};
  return {Query::OP_SCALE_WEIGHT, Query(stemmer.term(meant)), guess_weight};
}

Query half_word(const Xapian::Database& articles, const Token& token, const schema::Stemmer& stemmer) {
  if (length(token.word) < prefix_letters) return Query(token.term);
  if (!begins_some_word(articles, token.word))
    return is_known(articles, token) ? Query(token.term) : mended(articles, token.word, stemmer);
  return {Query::OP_OR, Query(token.term), Query(Query::OP_SCALE_WEIGHT, beginning_with(token.word), guess_weight)};
}

}  // namespace

Query articles_like(const Xapian::Database& articles, std::string_view normalised, std::string_view language,
                    Typing typing) {
  const schema::Stemmer stemmer(language);
  std::vector<Token> tokens = schema::tokens(normalised, stemmer);
  if (tokens.empty()) return {};
  std::vector<Query> wanted;
  if (typing == Typing::yes && tokens.size() <= looked_up_words && is_last_word_open(normalised)) {
    wanted.push_back(half_word(articles, tokens.back(), stemmer));
    tokens.pop_back();
  }
  if (tokens.size() > looked_up_words) tokens.resize(looked_up_words);

  std::map<std::string, std::pair<Xapian::termcount, const Token*>> times;  // a word said twice counts more
  for (const Token& token : tokens) {
    auto& [count, first] = times[token.term];
    ++count;
    first = &token;
  }
  for (const auto& [term, said] : times) {
    const auto& [count, token] = said;
    if (is_known(articles, *token))
      wanted.emplace_back(term, count);
    else if (times.size() <= rarest_terms)
      wanted.push_back(mended(articles, token->word, stemmer));
  }
  std::erase_if(wanted, [](const Query& query) { return query.empty(); });
  if (wanted.size() <= rarest_terms) return {Query::OP_OR, wanted.begin(), wanted.end()};
  return {Query::OP_ELITE_SET, wanted.begin(), wanted.end(), rarest_terms};
}

Query tickets_with(const Xapian::Database& tickets, std::string_view normalised) {
  std::vector<std::string> said = words(normalised);
  if (said.size() > rarest_terms) said.resize(rarest_terms);
  std::vector<schema::Stemmer> stemmers;
  for (const std::string& language : languages_of(tickets)) stemmers.emplace_back(language);
  std::vector<Query> wanted;
  for (const std::string& word : said) {
    std::vector<Query> forms = {Query(word)};
    for (const schema::Stemmer& stemmer : stemmers) forms.emplace_back(stemmer.term(word));
    // Xapian's snippets find CJK matches by single characters, which are no words of ours and so match nothing
    // themselves.
    for (Xapian::Utf8Iterator at(word); at != Xapian::Utf8Iterator() && is_cjk(*at); ++at)
      forms.emplace_back(character(*at));
    const bool is_half = &word == &said.back() && is_last_word_open(normalised) && length(word) >= prefix_letters;
    if (is_half) forms.push_back(beginning_with(word));
    wanted.emplace_back(Query::OP_SYNONYM, forms.begin(), forms.end());
  }
  return {Query::OP_AND, wanted.begin(), wanted.end()};
}

std::vector<std::string> languages_of(const Xapian::Database& database) {
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  for (auto term = database.allterms_begin("L"); term != database.allterms_end("L"); ++term)
    found.emplace_back(term.get_termfreq(), (*term).substr(1));
  std::ranges::sort(found, std::greater<>());
  std::vector<std::string> languages;
  for (auto& [count, language] : found)
    if (languages.size() < 4) languages.push_back(std::move(language));
  return languages;
}

std::vector<std::string> languages_for(const Xapian::Database& database, std::string_view language) {
  std::vector<std::string> order;
  if (!language.empty())
    for (const std::string_view wanted : {language, std::string_view("en")})
      if (std::ranges::find(order, wanted) == order.end() && database.term_exists(schema::language_term(wanted)))
        order.emplace_back(wanted);
  return order.empty() ? languages_of(database) : order;
}

}  // namespace fifteen::search
