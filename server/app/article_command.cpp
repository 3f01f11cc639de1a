#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include <CLI/CLI.hpp>

#include "search/article_file.hpp"
#include "server/app/command.hpp"
#include "server/app/records.hpp"
#include "server/app/refusal.hpp"
#include "server/desk/knowledge/article_import.hpp"
#include "server/desk/knowledge/knowledge.hpp"

namespace fifteen::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 16u << 20;
constexpr std::size_t most_files = 100'000;
constexpr std::size_t at_once = 50, tell_every = 1000;  // articles, of a transaction and of a line of progress

// A link may lead out of the folder, to what nobody meant to publish.
std::optional<std::string> bytes_of(const fs::path& folder, const fs::path& path) {
  std::error_code error;
  const fs::path file = fs::canonical(folder / path, error);
  if (error || file.lexically_relative(fs::canonical(folder, error)).begin()->string() == "..") return {};
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > largest_file || error) return {};
  std::ifstream in(file, std::ios::binary);
  if (!in) return {};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void tell(const desk::Imported& done) {
  std::cout << done.added << " added, " << done.changed << " changed, " << done.unchanged << " as they were";
}

void import_lines(const Program& program, const fs::path& from) {
  const auto files = search::read_articles(from);
  if (!files) throw Failure(fs::exists(from) ? Exit::bad_data : Exit::no_input, files.error().sentence());
  const auto records = open_records(program.global);
  desk::Imported all;
  for (std::size_t at = 0; at < files->size(); at += at_once) {
    const auto begin = files->begin() + static_cast<std::ptrdiff_t>(at);
    const std::vector<search::ArticleFile> some(
        begin, begin + static_cast<std::ptrdiff_t>(std::min(at_once, files->size() - at)));
    const desk::Imported done = records->write_now([&](store::Session& sql) {
      return granted(desk::import_articles(sql, desk::Actor::system(), some, program.clock.now()), from.string());
    });
    all.added += done.added;
    all.changed += done.changed;
    all.unchanged += done.unchanged;
  }
  tell(all);
  std::cout << "\n";
}

std::vector<desk::SourceFile> texts_below(const fs::path& folder, std::vector<std::string>& unread) {
  std::vector<desk::SourceFile> texts;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string path = at->path().lexically_relative(folder).generic_string();
    if (!desk::is_article_file(path)) continue;
    auto bytes = bytes_of(folder, path);
    if (!bytes) {
      unread.push_back(path);
      continue;
    }
    texts.push_back({path, std::move(*bytes)});
    if (texts.size() > most_files) throw Failure(Exit::bad_data, folder.string() + ": has more than 100,000 articles");
  }
  if (error) throw Failure(Exit::no_input, folder.string() + ": " + error.message());
  return texts;
}

// What is refused is told on standard error, the rest is taken. Whatever stops it in the middle, the same command goes
// on: what was written stands, and is as it was.
void import_files(const Program& program, const fs::path& from) {
  const bool is_folder = fs::is_directory(from);
  const fs::path folder = is_folder ? from : from.has_parent_path() ? from.parent_path() : fs::path(".");
  std::vector<std::string> unread;
  std::vector<desk::SourceFile> texts;
  if (is_folder)
    texts = texts_below(from, unread);
  else if (auto bytes = bytes_of(folder, from.filename()))
    texts.push_back({from.filename().string(), std::move(*bytes)});
  else
    throw Failure(Exit::no_input, from.string() + ": can't be read, or is larger than 16 MiB");
  if (texts.empty())
    throw Failure(Exit::bad_data, from.string() + ": has no *.md and no *.html files that can be read");
  desk::ArticleImport import(std::move(texts), [&](const std::string& path) { return bytes_of(folder, path); });
  const auto records = open_records(program.global);
  records->read_now([&](store::Session& sql) { import.settle(sql); });
  for (std::size_t told = 0; const auto batch = import.next();) {
    import.note(records->write_now([&](store::Session& sql) {
      return granted(desk::ArticleImport::write(sql, desk::Actor::system(), *batch, program.clock.now()),
                     from.string());
    }));
    if (import.articles_written() < told + tell_every) continue;
    told = import.articles_written();
    std::cerr << told << " of " << import.articles() << " articles\n";
  }
  const desk::ImportReport& done = import.report();
  for (const std::string& path : unread)
    std::cerr << path << ": can't be read, is larger than 16 MiB, or leads out of the folder\n";
  for (const auto& [file, why] : done.refused) std::cerr << file << ": " << why << "\n";
  tell(done);
  if (const auto told = done.refused.size() + unread.size(); told > 0) std::cout << ", " << told << " to look at";
  std::cout << "\n";
  if (done.added + done.changed + done.unchanged == 0)
    throw Failure(Exit::bad_data, from.string() + ": no article could be taken");
}

void import(const Program& program, const fs::path& from) {
  if (from.extension() == ".jsonl") return import_lines(program, from);
  if (!fs::exists(from)) throw Failure(Exit::no_input, from.string() + ": is not there");
  import_files(program, from);
}

void export_to(const Program& program, const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder) && !fs::is_empty(folder, error))
    throw Failure(Exit::usage, folder.string() + ": is not empty; give a new folder");
  const auto records = open_records(program.global);
  std::size_t written = 0;
  const auto write = [&](const desk::SourceFile& file) {
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << file.bytes;
    out.close();
    if (!out) throw Failure(Exit::cannot_create, path.string() + ": can't be written");
    written += desk::is_article_file(file.path) ? 1 : 0;
  };
  records->read_now([&](store::Session& sql) {
    if (const auto done = desk::export_files(sql, desk::Actor::system(), write); !done)
      throw Failure(Exit::bad_data, folder.string() + ": " + done.error().message());
  });
  std::cout << written << " articles written\n";
}

}  // namespace

void add_article(Program& program) {
  auto* article = program.line.add_subcommand("article", "The help centre's articles")->require_subcommand(1);
  auto* importing =
      article->add_subcommand("import", "Take Markdown or HTML files, or articles.jsonl; again, what changed");
  const auto from = std::make_shared<fs::path>();
  importing
      ->add_option("DIR|FILE", *from,
                   "A folder of Markdown with front matter or HTML pages, pictures beside them; or a file")
      ->required();
  importing->callback([&program, from] { program.run = [&program, from] { import(program, *from); }; });
  auto* exporting = article->add_subcommand("export", "Write all as Markdown with front matter, pictures beside them");
  const auto to = std::make_shared<fs::path>();
  exporting->add_option("DIR", *to, "A folder that is not there yet")->required();
  exporting->callback([&program, to] { program.run = [&program, to] { export_to(program, *to); }; });
}

}  // namespace fifteen::app
