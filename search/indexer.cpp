#include "search/indexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <limits>
#include <ranges>
#include <system_error>
#include <thread>

#include <fcntl.h>

#include "search/schema.hpp"
#include "search/xapian_errors.hpp"

namespace fifteen::search {
namespace fs = std::filesystem;
namespace {

constexpr auto created = Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS;

std::int64_t cursor_of(const Xapian::Database& database) {
  const std::string text = database.get_metadata(schema::cursor_key);
  std::int64_t cursor = 0;
  std::from_chars(text.data(), text.data() + text.size(), cursor);
  return cursor;
}

// Where a shelf is written anew.
fs::path fresh_beside(const fs::path& folder) {
  return folder.string() + ".new";
}

// Opens or makes one of the two databases; an empty one without a version was made by a process that died just then.
Xapian::WritableDatabase open_shelf(const fs::path& folder) {
  fs::remove_all(fresh_beside(folder));
  fs::create_directories(folder);
  Xapian::WritableDatabase database(folder.string(), created);
  const std::string version = database.get_metadata(schema::version_key);
  if (version.empty() && database.get_doccount() == 0) {
    database.set_metadata(schema::version_key, schema::version);
    database.set_metadata(schema::cursor_key, "0");
    database.commit();
  } else if (version != schema::version) {
    throw Xapian::DatabaseVersionError("written with schema " + version);
  }
  if (!fs::exists(folder / schema::birth_mark)) std::ofstream(folder / schema::birth_mark);
  return database;
}

Xapian::docid ticket_number(std::int64_t id) {
  if (id < 1 || id > std::numeric_limits<Xapian::docid>::max()) throw Xapian::InvalidArgumentError("id out of range");
  return static_cast<Xapian::docid>(id);
}

// Nothing when there is no such document.
std::string data_of(const Xapian::Database& database, Xapian::docid number) {
  try {
    return database.get_document(number).get_data();
  } catch (const Xapian::DocNotFoundError&) {
    return {};
  }
}

// Xapian counts spellings, so a word goes away with the last article that has it.
template <class Visit>
void each_spelling(const std::string& data, Visit visit) {
  for (auto line : data | std::views::split('\n'))
    if (!line.empty()) visit(std::string(line.begin(), line.end()));
}

void remove(Xapian::WritableDatabase& database, Xapian::docid number) {
  try {
    database.delete_document(number);
  } catch (const Xapian::DocNotFoundError&) {  // NOLINT(bugprone-empty-catch): what is not there need not go
  }
}

void replace_answer(Xapian::WritableDatabase& answers, Xapian::docid number, const Xapian::Document& document) {
  each_spelling(data_of(answers, number), [&](const std::string& word) { answers.remove_spelling(word); });
  each_spelling(document.get_data(), [&](const std::string& word) { answers.add_spelling(word); });
  answers.replace_document(number, document);
}

void remove_answer(Xapian::WritableDatabase& answers, Xapian::docid number) {
  each_spelling(data_of(answers, number), [&](const std::string& word) { answers.remove_spelling(word); });
  remove(answers, number);
}

}  // namespace

struct Indexer::Shelves {
  Xapian::WritableDatabase articles, tickets;
  std::array<fs::path, 2> folders;  // theirs
  std::int64_t cursor = 0;
};

Indexer::Indexer(std::unique_ptr<Shelves> shelves) : shelves_(std::move(shelves)) {}
Indexer::Indexer(Indexer&&) noexcept = default;
Indexer& Indexer::operator=(Indexer&&) noexcept = default;
Indexer::~Indexer() = default;

result<Indexer> Indexer::open(const fs::path& folder) {
  return guarded([&]() -> result<Indexer> {
    try {
      auto shelves = std::make_unique<Shelves>();
      shelves->folders = {schema::articles_in(folder), schema::tickets_in(folder)};
      shelves->articles = open_shelf(shelves->folders[0]);
      shelves->tickets = open_shelf(shelves->folders[1]);
      shelves->cursor = std::min(cursor_of(shelves->articles), cursor_of(shelves->tickets));
      return Indexer(std::move(shelves));
    } catch (const fs::filesystem_error&) {
      return errc::failed;
    }
  });
}

result<void> Indexer::erase(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(schema::articles_in(folder), error);
  if (!error) fs::remove_all(schema::tickets_in(folder), error);
  if (error) return errc::failed;
  return boost::system::in_place_value;
}

result<void> Indexer::put(const Article& article) {
  return guarded([&]() -> result<void> {
    replace_answer(shelves_->articles, schema::number_of(Kind::article, article.id), schema::document_of(article));
    return boost::system::in_place_value;
  });
}

result<void> Indexer::put(const Idea& idea) {
  return guarded([&]() -> result<void> {
    replace_answer(shelves_->articles, schema::number_of(Kind::idea, idea.id), schema::document_of(idea));
    return boost::system::in_place_value;
  });
}

result<void> Indexer::put(const Ticket& ticket) {
  return guarded([&]() -> result<void> {
    shelves_->tickets.replace_document(ticket_number(ticket.id), schema::document_of(ticket));
    return boost::system::in_place_value;
  });
}

result<void> Indexer::remove_article(std::int64_t id) {
  return guarded([&]() -> result<void> {
    remove_answer(shelves_->articles, schema::number_of(Kind::article, id));
    return boost::system::in_place_value;
  });
}

result<void> Indexer::remove_idea(std::int64_t id) {
  return guarded([&]() -> result<void> {
    remove_answer(shelves_->articles, schema::number_of(Kind::idea, id));
    return boost::system::in_place_value;
  });
}

result<void> Indexer::remove_ticket(std::int64_t id) {
  return guarded([&]() -> result<void> {
    remove(shelves_->tickets, ticket_number(id));
    return boost::system::in_place_value;
  });
}

result<void> Indexer::commit(std::int64_t cursor) {
  return guarded([&]() -> result<void> {
    for (Xapian::WritableDatabase* shelf : {&shelves_->articles, &shelves_->tickets}) {
      shelf->set_metadata(schema::cursor_key, std::to_string(cursor));
      shelf->commit();
    }
    shelves_->cursor = cursor;
    return boost::system::in_place_value;
  });
}

result<void> Indexer::compact() {
  return guarded([&]() -> result<void> {
    try {
      for (Xapian::WritableDatabase* shelf : {&shelves_->articles, &shelves_->tickets}) {
        const fs::path folder = shelf == &shelves_->articles ? shelves_->folders[0] : shelves_->folders[1];
        const fs::path fresh = fresh_beside(folder);
        fs::remove_all(fresh);
        shelf->commit();
        shelf->compact(fresh.string(), Xapian::DBCOMPACT_NO_RENUMBER);
        std::ofstream(fresh / schema::birth_mark);
        shelf->close();
        const bool swapped = ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0;
        fs::remove_all(fresh);
        *shelf = open_shelf(folder);
        if (!swapped) return errc::failed;
      }
      return boost::system::in_place_value;
    } catch (const fs::filesystem_error&) {
      return errc::failed;
    }
  });
}

std::int64_t Indexer::cursor() const {
  return shelves_->cursor;
}

namespace {

// What a writer's commit frees its next one may write over, under whoever still reads it, and one that is half written
// looks wrong, too: only what is found again and again while no commit comes in between is damage.
result<void> check_shelf(const std::string& shelf) {
  constexpr int looks = 20, most_alike = 3;
  constexpr std::chrono::milliseconds pause{100};  // a commit takes some 10
  int alike = 0;
  for (int look = 0; look < looks; ++look) {
    const auto before = Xapian::Database(shelf).get_revision();
    const auto checked = guarded([&]() -> result<void> {
      if (Xapian::Database::check(shelf, 0, nullptr) != 0) return errc::damaged;
      return boost::system::in_place_value;
    });
    if (checked) return checked;
    std::this_thread::sleep_for(pause);
    alike = Xapian::Database(shelf).get_revision() == before ? alike + 1 : 0;
    if (alike == most_alike) return checked;
  }
  return errc::changing;
}

}  // namespace

result<void> check_index(const fs::path& folder) {
  return guarded([&]() -> result<void> {
    for (const fs::path& shelf : {schema::articles_in(folder), schema::tickets_in(folder)}) {
      if (!fs::exists(shelf)) return errc::missing;
      if (const auto checked = check_shelf(shelf.string()); !checked) return checked;
    }
    return boost::system::in_place_value;
  });
}

}  // namespace fifteen::search
