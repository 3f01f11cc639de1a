#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

// What words mean to Xapian. Only the sources of this folder include this header.
namespace fifteen::search {

enum class Typing {
  no,   // the text is whole
  yes,  // the last word may be half a word
};

// Articles like a text, best first: any of its words, of a long text the 12 heaviest. The last word of a text being
// typed also stands for the words that begin with it, three letters at least and 50 words at most; a word that no
// article has stands for the nearest one that some article has (one letter off, two in a long word). Empty when nothing
// is left to look for.
Xapian::Query articles_like(const Xapian::Database& articles, std::string_view normalised, std::string_view language,
                            Typing typing);

// The text with its last word whole: a half one, as somebody types it, stands for the commonest word of an article that
// begins with it, else for the nearest one that some article has. From three letters on.
std::string with_last_word_whole(const Xapian::Database& articles, std::string_view normalised);

// Of the text's words, as it has them, those that a document has, at most `most`; the rarest first. None that says
// nothing of what a text is about, nor one that most articles have, unless it is the only one.
std::vector<std::string> words_shared(const Xapian::Database& articles, Xapian::docid number,
                                      std::string_view normalised, std::size_t most);

// Of what is wanted, the documents with this mark. Each document has one mark of a kind, a term that begins with it.
// Free where all have this one, and cheap where most do: few are left out then.
Xapian::Query marked(const Xapian::Query& wanted, const Xapian::Database& database, const std::string& kind,
                     const std::string& mark);

// Tickets that have all the words, stemmed in any language the tickets are written in; the last one may be half a word.
Xapian::Query tickets_with(const Xapian::Database& tickets, std::string_view normalised);

// The languages documents of the database are in, commonest first, six at most.
std::vector<std::string> languages_of(const Xapian::Database& database);

// The languages to look in, in this order: the question's, none that could be told (""), the reader's, English, of
// those that there are documents in; all where that is none, or the question's is not known.
std::vector<std::string> languages_for(const Xapian::Database& database, std::string_view asked,
                                       std::string_view locale);

}  // namespace fifteen::search
