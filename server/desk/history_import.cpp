#include "server/desk/history_import.hpp"

#include <cstdint>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "server/base/random.hpp"
#include "server/desk/history_check.hpp"
#include "server/desk/history_format.hpp"
#include "server/desk/history_writer.hpp"
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

std::string_view word(HistoryThing thing) {
  static constexpr std::string_view words[] = {"schedule", "mailbox", "agent", "customer", "ticket", "message"};
  return words[static_cast<std::size_t>(thing)];
}

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
    }
    for (; at.stage < static_cast<int>(std::size(stages)); ++at.stage, at.line = 0) write_stage(at);
    db_.write_now([&](store::Session& sql) { store::set_setting(sql, progress_name(), ""); });
    return imported_;
  }

 private:
  // Line by line from the start; false from `visit` stops.
  template <class Visit>
  void each_line(Visit visit) {
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
    each_line([&](std::size_t, const std::string& line) {
      digest_ = sha256_hex(digest_ + line);
      fine = check.feed(line);
      if (fine) stage_of_line_.push_back(check.last() ? stage_of(*check.last()) : Stage::none);
      return fine;
    });
    imported_.lines = check.lines();
    return fine && check.finish() ? "" : check.mistake().told();
  }

  void write_stage(const Progress& start) {
    Progress at = start;
    std::vector<HistoryRecord> chunk;
    each_line([&](std::size_t n, const std::string& line) {
      if (n > stage_of_line_.size())
        throw std::runtime_error(fmt::format("{}: grew while it was read", wish_.file.string()));
      if (n <= start.line || stage_of_line_[n - 1] != stages[at.stage]) return true;
      auto record = parse_history_line(line);
      if (!record) throw std::runtime_error(fmt::format("{}: changed while it was read", wish_.file.string()));
      chunk.push_back(std::move(*record));
      at.line = n;
      if (chunk.size() >= wish_.chunk) write_chunk(chunk, at);
      return true;
    });
    if (!chunk.empty()) write_chunk(chunk, at);
  }

  void write_chunk(std::vector<HistoryRecord>& chunk, const Progress& at) {
    const std::size_t added = db_.write_now([&](store::Session& sql) {
      std::size_t fresh = 0;
      HistoryWriter writer(sql, wish_.source, now_);
      for (const HistoryRecord& record : chunk) fresh += writer.write(record) ? 1 : 0;
      writer.finish();
      store::set_setting(sql, progress_name(), fmt::format("{} {} {}", at.digest, at.stage, at.line));
      return fresh;
    });
    imported_.added += added;
    imported_.known += chunk.size() - added;
    chunk.clear();
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
  ImportedHistory imported_;
};

}  // namespace

std::expected<ImportedHistory, std::string> import_history(store::Database& db, const ImportWish& wish, Instant now) {
  return Import(db, wish, now).run();
}

}  // namespace fifteen::desk
