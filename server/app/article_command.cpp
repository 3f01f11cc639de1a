#include <iostream>

#include <CLI/CLI.hpp>

#include "search/article_file.hpp"
#include "server/app/command.hpp"
#include "server/app/records.hpp"
#include "server/app/refusal.hpp"
#include "server/desk/knowledge.hpp"

namespace fifteen::app {
namespace {

void import(const Program& program, const std::filesystem::path& from) {
  const auto files = search::read_articles(from);
  if (!files) throw Failure(std::filesystem::exists(from) ? Exit::bad_data : Exit::no_input, files.error().sentence());
  const auto records = open_records(program.global);
  const desk::Imported done = records->write_now([&](store::Session& sql) {
    return granted(desk::import_articles(sql, desk::Actor::system(), *files, program.clock.now()), from.string());
  });
  std::cout << done.added << " added, " << done.changed << " changed, " << done.unchanged << " as they were\n";
}

}  // namespace

void add_article(Program& program) {
  auto* article = program.line.add_subcommand("article", "The help centre's articles")->require_subcommand(1);
  auto* importing = article->add_subcommand("import", "Take Markdown files, or articles.jsonl; again, what changed");
  const auto from = std::make_shared<std::filesystem::path>();
  importing->add_option("DIR|FILE", *from, "A folder of Markdown with front matter, or a file")->required();
  importing->callback([&program, from] { program.run = [&program, from] { import(program, *from); }; });
}

}  // namespace fifteen::app
