#include "server/desk/history/history_import.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "server/base/random.hpp"
#include "server/desk/history/history_check.hpp"
#include "server/desk/history/history_format.hpp"
#include "server/desk/history/history_writer.hpp"
#include "server/store/database.hpp"
#include "server/store/import_ids.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

// What is named must be there before what names it: records go in by stage, and in the file's order within one.
enum class Stage : std::uint8_t { none, people, mailboxes, targets, events };
constexpr Stage stages[] = {Stage::people, Stage::mailboxes, Stage::targets, Stage::events};

Stage stage_of(const HistoryRecord& record) {
  if (event_of(record)) return Stage::events;
  if (std::holds_alternative<HistoryMailbox>(record)) return Stage::mailboxes;
  if (std::holds_alternative<HistoryTarget>(record)) return Stage::targets;
  return Stage::people;
}

constexpr std::size_t longest_chunk_bytes = 8u << 20;

bool has_own_id(const HistoryRecord& record) {
  const auto* message = std::get_if<HistoryMessage>(&record);
  return std::holds_alternative<HistoryTicket>(record) || std::holds_alternative<HistoryAgent>(record) ||
         (message && message->id);
}

// By what records without an id are known: their content, and of equal ones in the same instant which of them it is. A
// ticket may be closed, reopened and closed within one instant.
class ContentKeys {
 public:
  std::string of(const HistoryRecord& record) {
    if (has_own_id(record)) return "";
    std::string line = to_history_line(record);
    if (const HistoryEvent* event = event_of(record)) {
      if (event->at != at_) counts_.clear();
      at_ = event->at;
      if (const int n = ++counts_[line]; n > 1) line += fmt::format("\n{}", n);
    }
    return sha256_hex(line);
  }

 private:
  std::optional<Instant> at_;
  std::unordered_map<std::string, int> counts_;
};

// How far an import got: the file's digest, the stage and the line behind the last one written.
struct Progress {
  std::string digest;
  int stage = 0;
  std::size_t line = 0;
};

class Import {
 public:
  Import(store::Database& db, const ImportWish& wish, Instant now) : db_(db), wish_(wish), now_(now) {}

  std::expected<ImportedHistory, std::string> run() {
    if (auto wrong = check(); !wrong.empty()) return std::unexpected(wrong);
    Progress at{.digest = digest_};
    if (wish_.resume) {
      const auto saved = saved_progress();
      if (saved && saved->digest != digest_)
        return std::unexpected("not the file whose import was interrupted: import it without --resume");
      if (saved) at = *saved;
      progress_.total -= written_before(at);
    }
    for (; at.stage < static_cast<int>(std::size(stages)); ++at.stage, at.line = 0) write_stage(at);
    db_.write_now([&](store::Session& sql) { store::set_setting(sql, progress_name(), ""); });
    return imported_;
  }

 private:
  std::size_t written_before(const Progress& at) const {
    std::size_t count = 0;
    for (std::size_t line = 0; line < stage_of_line_.size(); ++line) {
      const auto stage = std::ranges::find(stages, stage_of_line_[line]) - std::begin(stages);
      count += stage < at.stage || (stage == at.stage && line < at.line) ? 1 : 0;
    }
    return count;
  }

  // Line by line from the start; false from `visit` stops.
  template <class Visit>
  void each_line(Visit visit) const {
    std::ifstream in(wish_.file, std::ios::binary);
    if (!in) throw std::runtime_error(fmt::format("{}: can't be opened for reading", wish_.file.string()));
    std::string line;
    for (std::size_t n = 1; std::getline(in, line); ++n) {
      if (n == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (!visit(n, line)) return;
    }
    if (in.bad()) throw std::runtime_error(fmt::format("{}: reading failed", wish_.file.string()));
  }

  // Reads the whole file, notes each line's stage and the file's digest; returns what is wrong.
  std::string check() {
    HistoryCheck check([&](HistoryThing thing, const std::string& id) {
      return db_.read_now(
          [&](store::Session& sql) { return store::find_imported(sql, wish_.source, word(thing), id) != 0; });
    });
    bool fine = true;
    ImportProgress progress{.total = std::filesystem::file_size(wish_.file)};
    each_line([&](std::size_t n, const std::string& line) {
      digest_ = sha256_hex(digest_ + line);
      fine = check.feed(line);
      if (fine) stage_of_line_.push_back(check.last() ? stage_of(*check.last()) : Stage::none);
      progress.done += line.size() + 1;
      if (n % 1000 == 0) wish_.on_progress(progress);
      return fine;
    });
    progress_.total = stage_of_line_.size() - static_cast<std::size_t>(std::ranges::count(stage_of_line_, Stage::none));
    imported_.lines = check.lines();
    return fine && check.finish() ? "" : check.mistake().told();
  }

  void write_stage(const Progress& start) {
    Progress at = start;
    std::vector<ImportedRecord> chunk;
    std::size_t bytes = 0;
    ContentKeys keys;
    const auto write = [&] {
      write_chunk(chunk, at);
      chunk.clear();
      bytes = 0;
    };
    each_line([&](std::size_t n, const std::string& line) {
      if (n > stage_of_line_.size())
        throw std::runtime_error(fmt::format("{}: grew while it was read", wish_.file.string()));
      if (stage_of_line_[n - 1] != stages[at.stage]) return true;
      auto record = parse_history_line(line);
      if (!record) throw std::runtime_error(fmt::format("{}: changed while it was read", wish_.file.string()));
      std::string key = keys.of(*record);
      if (n <= start.line) return true;
      chunk.push_back({std::move(*record), std::move(key)});
      bytes += line.size();
      at.line = n;
      if (chunk.size() >= wish_.chunk || bytes >= longest_chunk_bytes) write();
      return true;
    });
    if (!chunk.empty()) write();
  }

  void write_chunk(const std::vector<ImportedRecord>& chunk, const Progress& at) {
    const std::size_t added = db_.write_now([&](store::Session& sql) {
      const std::size_t fresh = HistoryWriter(sql, wish_.source, now_, chunk).write();
      store::set_setting(sql, progress_name(), fmt::format("{} {} {}", at.digest, at.stage, at.line));
      return fresh;
    });
    imported_.added += added;
    imported_.known += chunk.size() - added;
    progress_.done += chunk.size();
    wish_.on_progress(progress_);
  }

  std::string progress_name() const { return "import " + sha256_hex(wish_.source).substr(0, 16); }

  std::optional<Progress> saved_progress() {
    const auto saved = db_.read_now([&](store::Session& sql) { return store::setting(sql, progress_name()); });
    if (!saved || saved->empty()) return {};
    Progress progress;
    std::istringstream words(*saved);
    words >> progress.digest >> progress.stage >> progress.line;
    return progress;
  }

  store::Database& db_;
  const ImportWish& wish_;
  Instant now_;
  std::string digest_;
  std::vector<Stage> stage_of_line_;
  ImportProgress progress_{.phase = ImportProgress::Phase::writing};
  ImportedHistory imported_;
};

}  // namespace

std::expected<ImportedHistory, std::string> import_history(store::Database& db, const ImportWish& wish, Instant now) {
  return Import(db, wish, now).run();
}

}  // namespace fifteen::desk
