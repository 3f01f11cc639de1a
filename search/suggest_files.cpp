#include "search/suggest_files.hpp"

#include <cstdlib>
#include <fstream>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "search/article_file.hpp"
#include "search/indexer.hpp"
#include "search/json_lines.hpp"
#include "search/suggest.hpp"

namespace fifteen::search {
namespace fs = std::filesystem;
namespace {

constexpr int suggestions_a_ticket = 10;

class TemporaryIndex {
 public:
  TemporaryIndex() {
    std::string pattern = fs::temp_directory_path() / "fifteen-suggest-XXXXXX";
    if (mkdtemp(pattern.data())) folder_ = pattern;
  }
  ~TemporaryIndex() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  TemporaryIndex(const TemporaryIndex&) = delete;
  TemporaryIndex& operator=(const TemporaryIndex&) = delete;
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

// What stands in tab-separated lines must not have tabs or line ends in it.
bool is_one_word(const std::string& id) {
  return !id.empty() && id.find_first_of("\t\r\n") == std::string::npos;
}

struct Past {
  std::string text, locale;
  std::vector<std::string> articles;
};

template <class Line, class Take>
readable<std::vector<Line>> read_lines(const fs::path& file, Take take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::unexpected(Complaint{file.string(), 0, "can't be read"});
  JsonLines lines(in, file.string());
  std::vector<Line> found;
  while (true) {
    auto object = lines.next();
    if (!object) return std::unexpected(object.error());
    if (!*object) return found;
    readable<Line> line = take(lines, **object);
    if (!line) return std::unexpected(line.error());
    found.push_back(*std::move(line));
  }
}

readable<Past> past_of(const JsonLines& lines, const boost::json::object& object) {
  auto text = lines.text(object, "text");
  if (!text) return std::unexpected(text.error());
  auto locale = lines.text_or(object, "lang", "");
  if (!locale) return std::unexpected(locale.error());
  auto articles = lines.texts(object, "articles");
  if (!articles) return std::unexpected(articles.error());
  return Past{*std::move(text), *std::move(locale), *std::move(articles)};
}

struct Asked {
  std::string id, text, locale;
};

readable<Asked> ticket_of(const JsonLines& lines, const boost::json::object& object) {
  auto id = lines.text(object, "id");
  if (!id) return std::unexpected(id.error());
  if (!is_one_word(*id)) return lines.complain("\"id\" must not be empty or have tabs or line ends");
  auto text = lines.text(object, "text");
  if (!text) return std::unexpected(text.error());
  auto locale = lines.text_or(object, "lang", "");
  if (!locale) return std::unexpected(locale.error());
  return Asked{*std::move(id), *std::move(text), *std::move(locale)};
}

std::vector<Article> numbered(std::vector<ArticleFile> files) {
  std::vector<Article> articles;
  for (ArticleFile& file : files) {
    Article& article = articles.emplace_back();
    article.id = static_cast<std::int64_t>(articles.size());
    article.title = std::move(file.title);
    article.body = std::move(file.body);
    article.locale = std::move(file.locale);
    article.published = file.published;
    article.agents_only = file.agents_only;
  }
  return articles;
}

Complaint about_index(const fs::path& folder, const error_code& error) {
  return {folder.string(), 0, error.message()};
}

result<void> index(const fs::path& folder, const std::vector<Article>& articles) {
  auto indexer = Indexer::open(folder);
  if (!indexer) return indexer.error();
  for (const Article& article : articles)
    if (auto put = indexer->put(article); !put) return put;
  return indexer->commit(1);
}

}  // namespace

readable<void> suggest_files(const SuggestFiles& files, std::ostream& out, std::ostream* confidence) {
  auto article_files = read_articles(files.articles);
  if (!article_files) return std::unexpected(article_files.error());
  std::vector<std::string> ids;
  std::unordered_map<std::string, std::int64_t> number_of;
  for (const ArticleFile& file : *article_files) {
    if (!is_one_word(file.id))
      return std::unexpected(
          Complaint{files.articles.string(), 0, "an article's \"id\" must not be empty or have tabs or line ends"});
    ids.push_back(file.id);
    number_of.emplace(file.id, static_cast<std::int64_t>(ids.size()));
  }
  std::vector<Article> articles = numbered(*std::move(article_files));

  std::vector<Lesson> lessons;
  if (files.past) {
    auto past = read_lines<Past>(*files.past, past_of);
    if (!past) return std::unexpected(past.error());
    for (Past& ticket : *past) {
      std::vector<std::int64_t> solved_by;
      for (const std::string& id : ticket.articles)
        if (const auto found = number_of.find(id); found != number_of.end()) {
          solved_by.push_back(found->second);
          articles[static_cast<std::size_t>(found->second - 1)].solved.push_back(ticket.text);
        }
      // Solved by articles that are gone: that is not "no article helped".
      if (solved_by.empty() && !ticket.articles.empty()) continue;
      lessons.push_back({std::move(ticket.text), std::move(ticket.locale), std::move(solved_by)});
    }
  }
  auto tickets = read_lines<Asked>(files.tickets, ticket_of);
  if (!tickets) return std::unexpected(tickets.error());

  const TemporaryIndex temporary;
  if (auto made = index(temporary.folder(), articles); !made)
    return std::unexpected(about_index(temporary.folder(), made.error()));
  const Reader reader(temporary.folder());
  Suggester suggester(reader);
  if (files.learns)
    suggester.teach(Knowledge::keep(temporary.folder() / "learned",
                                    {.articles = articles, .ideas = {}, .lessons = std::move(lessons)})
                        .knowledge);
  for (const Asked& ticket : *tickets) {
    const auto found = suggester.suggest({.text = ticket.text,
                                          .locale = ticket.locale,
                                          .readers = Readers::customers,
                                          .limit = suggestions_a_ticket,
                                          .threshold = 0,
                                          .all = true});
    if (!found) return std::unexpected(about_index(temporary.folder(), found.error()));
    int rank = 0;
    for (const Suggestion& suggestion : found->list)
      out << fmt::format("{}\t{}\t{}\t{:.6f}\n", ticket.id, ids[static_cast<std::size_t>(suggestion.id - 1)], ++rank,
                         suggestion.score);
    if (confidence) *confidence << fmt::format("{}\t{:.6f}\n", ticket.id, found->confidence);
  }
  return {};
}

}  // namespace fifteen::search
