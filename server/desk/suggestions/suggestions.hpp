#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/documents.hpp"
#include "server/base/ids.hpp"
#include "server/store/session.hpp"

namespace fifteen::search {
class Suggester;
}

// What may answer a question: the same for the form, the widget, the acknowledgement and the agent.
namespace fifteen::desk {

using SuggestedKind = search::Kind;
std::string_view name(SuggestedKind kind);

struct Asked {
  std::string text;
  std::string locale;  // empty: guessed from the text
  search::Readers readers = search::Readers::customers;
  int limit = 3;
  bool all = false;     // those too that a good first one makes needless
  bool typing = false;  // the last word may be half a word
  bool why = false;     // tell what led there: for agents
};
// What led to an answer: words of the question, and tickets of the past whose questions it answered.
struct Why {
  struct Past {
    TicketId id;
    std::string subject;
  };
  std::vector<std::string> words;
  std::vector<Past> tickets;  // the most alike first
};
struct Suggested {
  SuggestedKind kind = SuggestedKind::article;
  std::int64_t id = 0;
  std::string title;
  std::string url;  // "/help/refunds"
  std::string locale;
  double score = 0;
  Why why{};  // where asked
};
struct Answers {
  std::vector<Suggested> list;  // best first; empty below the desk's threshold
  double confidence = 0;        // that the first ones help, 0 to 1; also told when nothing is shown
};

// Nothing while there is no suggester, or its index is away. The records have the last word on what may be shown.
Answers suggest(store::Session& sql, const search::Suggester* suggester, const Asked& asked);

}  // namespace fifteen::desk
