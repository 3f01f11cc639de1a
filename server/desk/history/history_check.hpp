#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/desk/history/history_names.hpp"
#include "server/desk/history/history_record.hpp"

namespace fifteen::desk {

struct HistoryMistake {
  std::size_t line = 0;  // from 1
  std::string what;

  std::string told() const;  // "line 7: message: …"
};

// Checks a whole history file, line by line, before anything is taken from it: each line by itself, the order of time,
// ids given twice, and references. Who and what stands whatever the time (schedules, mailboxes, agents, customers) may
// be named before its line; a ticket or message must come first. Remembers ids, not lines.
class HistoryCheck {
 public:
  // `known` says whether an earlier import from the same source brought the thing.
  using Known = std::function<bool(HistoryThing thing, const std::string& id)>;
  explicit HistoryCheck(Known known = {}) : known_(std::move(known)) {}

  // False when the line is wrong: see mistake(). Blank lines are passed over.
  bool feed(std::string_view line);
  // False when something was named that no line brought.
  bool finish();

  const HistoryMistake& mistake() const { return mistake_; }
  std::size_t lines() const { return line_; }
  // What the last line fed was; null when it was blank or wrong.
  const HistoryRecord* last() const { return last_ ? &*last_ : nullptr; }

 private:
  using Ids = std::unordered_map<std::string, std::size_t>;  // the line that brought or first named it

  bool check(const HistoryRecord& record);
  void hear(HistoryThing thing, const std::string& id, Mention mention);
  bool is_known(HistoryThing thing, const std::string& id) const;
  void complain(std::string what);

  Known known_;
  std::size_t line_ = 0;
  std::optional<Instant> latest_;
  Ids brought_[history_things];
  Ids needed_[history_things];
  std::optional<HistoryRecord> last_;
  HistoryMistake mistake_;
};

}  // namespace fifteen::desk
