#pragma once
#include <filesystem>
#include <optional>
#include <ostream>

#include "search/complaint.hpp"

namespace fifteen::search {

// The whole of `fifteen suggest`: the files of a trial.
struct SuggestFiles {
  std::filesystem::path articles;  // {"id","title","body","lang"} a line
  std::optional<std::filesystem::path>
      past;                       // {"id","text","lang","articles":[id,…]} a line: solved tickets to learn from
  std::filesystem::path tickets;  // {"id","text","lang"} a line
  bool learns = true;             // not: the index alone ranks, as before anything was learned
};

// Writes up to ten lines a ticket, `ticket_id TAB article_id TAB rank TAB score`, whatever the confidence, in the order
// of the tickets; to `confidence`, if given, a line a ticket, `ticket_id TAB confidence`. Indexes, learns and suggests
// with the very code of form and widget, in a temporary folder that is gone afterwards. Complains about the first wrong
// line.
readable<void> suggest_files(const SuggestFiles& files, std::ostream& out, std::ostream* confidence);

}  // namespace fifteen::search
