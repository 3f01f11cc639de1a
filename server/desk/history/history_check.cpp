#include "server/desk/history/history_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/history/history_format.hpp"

namespace fifteen::desk {
namespace {

std::size_t index(HistoryThing thing) {
  return static_cast<std::size_t>(thing);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

}  // namespace

std::string HistoryMistake::told() const {
  return fmt::format("line {}: {}", line, what);
}

bool HistoryCheck::feed(std::string_view line) {
  ++line_;
  last_.reset();
  // A byte order mark, as some editors leave it, says nothing.
  if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (is_blank(line)) return true;
  auto record = parse_history_line(line);
  if (!record) {
    complain(record.error());
    return false;
  }
  last_ = std::move(*record);
  return check(*last_);
}

bool HistoryCheck::finish() {
  // The first line that named something unknown, not whichever a hash table comes to.
  for (std::size_t thing = 0; thing < std::size(needed_); ++thing)
    for (const auto& [id, line] : needed_[thing])
      if (!is_known(static_cast<HistoryThing>(thing), id) && (mistake_.line == 0 || line < mistake_.line))
        mistake_ = {line,
                    fmt::format("{0} \"{1}\" is not in the file: add its line, {{\"type\":\"{0}\",\"id\":\"{1}\",…}}",
                                word(static_cast<HistoryThing>(thing)), id)};
  return mistake_.line == 0;
}

bool HistoryCheck::check(const HistoryRecord& record) {
  if (const HistoryEvent* event = event_of(record)) {
    if (latest_ && event->at < *latest_)
      complain(fmt::format("\"at\" is earlier than {} on a line before: sort the file by time", to_rfc3339(*latest_)));
    latest_ = std::max(latest_.value_or(event->at), event->at);
  }
  if (const auto* mailbox = std::get_if<HistoryMailbox>(&record))
    if (!mailbox->address && !is_known(HistoryThing::mailbox, mailbox->id))
      complain("mailbox: \"address\" is missing: give the mail address customers write to");
  each_name(record, [this](HistoryThing thing, const std::string& id, Mention mention) { hear(thing, id, mention); });
  return mistake_.line == 0;
}

void HistoryCheck::hear(HistoryThing thing, const std::string& id, Mention mention) {
  switch (mention) {
    case Mention::brings:
    case Mention::brings_once: {
      const auto [first, is_new] = brought_[index(thing)].try_emplace(id, line_);
      if (!is_new && mention == Mention::brings_once)
        complain(fmt::format("{} \"{}\" was given before, on line {}: ids are unique", word(thing), id, first->second));
      break;
    }
    case Mention::needs:
      needed_[index(thing)].try_emplace(id, line_);
      break;
    case Mention::needs_before:
      if (!is_known(thing, id))
        complain(fmt::format("{} \"{}\" is on no line before: put its own line first", word(thing), id));
  }
}

bool HistoryCheck::is_known(HistoryThing thing, const std::string& id) const {
  return brought_[index(thing)].contains(id) || (known_ && known_(thing, id));
}

void HistoryCheck::complain(std::string what) {
  if (mistake_.line == 0) mistake_ = {line_, std::move(what)};
}

}  // namespace fifteen::desk
