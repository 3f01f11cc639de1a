#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/documents.hpp"

// How documents lie in Xapian. Only the sources of this folder include this header.
//
// Two databases, so that words of tickets do not change what is rare among articles:
//   <folder>/articles   <folder>/tickets
// Terms: words as they are written, in lower case, and "Z" + their stem in the document's language; a title counts
// three times. "L" + language, "XPcustomers" (what customers may see) or "XPagents", "XKidea" and "XSopen" are filters.
// A ticket's number is its id, an article's twice its id, an idea's one more than that.
namespace fifteen::search::schema {

inline constexpr const char* version = "4";  // a change below means an old index must be rebuilt
inline constexpr const char* version_key = "schema";
inline constexpr const char* cursor_key = "cursor";
inline constexpr Xapian::valueno language_slot = 0;
inline constexpr Xapian::valueno visible_slot = 1;  // "1": customers may see the article

std::filesystem::path articles_in(const std::filesystem::path& folder);
std::filesystem::path tickets_in(const std::filesystem::path& folder);
// An empty file beside each database, made with it and never touched again. A rebuilt database has another one, by
// which readers tell it: Xapian's reopen() takes an equal revision number for an unchanged database.
inline constexpr const char* birth_mark = "made";

inline constexpr const char* language_kind = "L";
inline constexpr const char* readers_kind = "XP";
inline constexpr const char* for_customers = "XPcustomers";
inline constexpr const char* for_agents = "XPagents";
inline constexpr const char* is_idea = "XKidea";
inline constexpr const char* is_open = "XSopen";
std::string language_term(std::string_view language);

// Throws Xapian::InvalidArgumentError for an id that has no number.
Xapian::docid number_of(Kind kind, std::int64_t id);
Kind kind_of(Xapian::docid number);
std::int64_t id_of(Xapian::docid number);

// A word of a text, as it is looked up: the stem where its language has one, else the word.
struct Token {
  std::string word;
  std::string term;
};

// Cuts the endings of words in one language. Where Xapian has no stemmer (Ukrainian, Polish, Czech, Greek, unknown
// ones), the first five letters stand for the word: crude, but the forms of one word meet in it.
class Stemmer {
 public:
  explicit Stemmer(std::string_view language);
  // "Z" + stem; the word itself if it is short, has digits or is in CJK characters.
  std::string term(const std::string& word) const;
  const Xapian::Stem& xapian() const { return stem_; }

 private:
  Xapian::Stem stem_;
  bool stems_;
};

// The tokens of a normalised text, in order.
std::vector<Token> tokens(std::string_view normalised, const Stemmer& stemmer);

// The data of an article's or idea's document are the words it is written in, each once, a line each: what may be meant
// by a typo. The data of a ticket's document are the text its snippets are taken from.
Xapian::Document document_of(const Article& article);
Xapian::Document document_of(const Idea& idea);
Xapian::Document document_of(const Ticket& ticket);

}  // namespace fifteen::search::schema
