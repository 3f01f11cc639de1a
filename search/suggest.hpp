#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "search/learn.hpp"
#include "search/reader.hpp"

namespace fifteen::search {

struct SuggestQuery {
  std::string text;    // what the customer wrote so far
  std::string locale;  // the reader's; she may write in another
  Readers readers = Readers::customers;
  int limit = 3;
  // Below this confidence nothing is suggested: nothing shown beats nonsense shown. 0 shows all. The default shows 94
  // to 98 % of the right suggestions and hides half of the wrong ones on sets with past tickets (docs/suggestions.md).
  double threshold = 0.05;
  bool all = false;     // those too that are far behind the first
  bool typing = false;  // the text is being written: its last word may be half a word
  bool why = false;     // tell which words led there
};

struct Suggestion {
  Kind kind = Kind::article;
  std::int64_t id = 0;
  double score = 0;  // orders this list; 0 and up
  // Of the text, as it has them: those that the article has too, or a question it answered; the rarest first, where
  // asked.
  std::vector<std::string> words{};
};

struct Suggestions {
  std::vector<Suggestion> list;  // best first
  double confidence = 0;         // that the first ones help, 0 to 1; also told when nothing is shown
  // So many at the end of the list are not worth showing: beside a first one that is more likely right than not, they
  // are far behind it (docs/suggestions.md "Beside the first"). Left out unless all are asked for.
  std::size_t far_behind = 0;
};

// What learning alone suggests, without an index: to try it out on questions of the past.
struct LearnedList {
  std::vector<std::int64_t> articles;
  double confidence = 0;
};
LearnedList suggest_learned(const Knowledge& knowledge, const std::string& text, const std::string& locale,
                            std::size_t limit);

// Articles and ideas that may answer what a customer writes, from the index and from what was learned. The same for the
// form, the widget, the acknowledgement and `fifteen suggest`. Any thread.
//
// The index has the last word on what exists and who may see it: a learned article that is no longer there, or not for
// these readers, is left out.
class Suggester {
 public:
  // `reader` outlives the Suggester. Before the first teach() only the index ranks.
  explicit Suggester(const Reader& reader);

  // From now on suggest with this knowledge.
  void teach(std::shared_ptr<const Knowledge> knowledge);
  // Nothing before the third character. Errors as Reader's: suggestions are off until the index is back.
  result<Suggestions> suggest(const SuggestQuery& query) const;

 private:
  std::shared_ptr<const Knowledge> knowledge() const;

  const Reader& reader_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Knowledge> knowledge_;
};

}  // namespace fifteen::search
