#include "search/article_file.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "search/json_lines.hpp"

namespace fifteen::search {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t file_limit_bytes = 4u << 20;
constexpr std::size_t files_limit = 100'000;

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

// Takes the first line off `rest`, without its end.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string unquoted(std::string_view value) {
  const bool is_quoted =
      value.size() >= 2 && value.front() == value.back() && (value.front() == '"' || value.front() == '\'');
  return std::string(is_quoted ? value.substr(1, value.size() - 2) : value);
}

std::optional<bool> yes_or_no(std::string_view value) {
  if (value == "true" || value == "yes") return true;
  if (value == "false" || value == "no") return false;
  return {};
}

// Sets one key; says what is wrong with the value, or nothing.
std::string set(ArticleFile& article, std::string_view key, const std::string& value) {
  const auto flag = [&](bool& target, bool means) -> std::string {
    const auto answer = yes_or_no(value);
    if (!answer) return std::string(key) + " must be true or false, not \"" + value + "\"";
    target = *answer == means;
    return {};
  };
  if (key == "title") article.title = value;
  if (key == "slug") article.slug = value;
  if (key == "id") article.id = value;
  if (key == "locale" || key == "lang") article.locale = value;
  if (key == "category") article.category = value;
  if (key == "translation_of") article.translation_of = value;
  if (key == "published") return flag(article.published, true);
  if (key == "draft") return flag(article.published, false);
  if (key == "agents_only") return flag(article.agents_only, true);
  return {};
}

// Takes the front matter off `rest`. `line` counts the lines taken.
readable<void> read_front_matter(std::string_view& rest, ArticleFile& article, const std::string& file) {
  std::string_view peek = rest;
  if (next_line(peek) != "---") return {};
  rest = peek;
  for (std::size_t line = 2; !rest.empty(); ++line) {
    const std::string_view text = next_line(rest);
    if (text == "---" || text == "...") return {};
    if (trimmed(text).empty() || text.starts_with('#') || text.starts_with(' ') || text.starts_with('\t') ||
        text.starts_with('-'))
      continue;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
      return std::unexpected(Complaint{file, line, "want \"key: value\", or \"---\" to end the front matter"});
    const std::string what = set(article, trimmed(text.substr(0, colon)), unquoted(trimmed(text.substr(colon + 1))));
    if (!what.empty()) return std::unexpected(Complaint{file, line, what});
  }
  return std::unexpected(Complaint{file, 1, "the front matter has no second line of \"---\""});
}

// The first line that says something, if it is a `# heading`, becomes the title.
void take_heading(std::string_view& rest, ArticleFile& article) {
  std::string_view peek = rest;
  std::string_view line;
  while (!peek.empty() && trimmed(line).empty()) line = next_line(peek);
  if (!line.starts_with("# ")) return;
  article.title = trimmed(line.substr(2));
  rest = peek;
}

readable<std::string> read_whole(const fs::path& file) {
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in) return std::unexpected(Complaint{file.string(), 0, "can't be read"});
  if (bytes > file_limit_bytes) return std::unexpected(Complaint{file.string(), 0, "is larger than 4 MiB"});
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool is_markdown(const fs::path& file) {
  return file.extension() == ".md" || file.extension() == ".markdown";
}

readable<std::vector<ArticleFile>> read_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->is_regular_file(error) && is_markdown(at->path())) files.push_back(at->path());
  if (error) return std::unexpected(Complaint{folder.string(), 0, error.message()});
  if (files.empty()) return std::unexpected(Complaint{folder.string(), 0, "has no *.md files"});
  if (files.size() > files_limit)
    return std::unexpected(Complaint{folder.string(), 0, "has more than 100,000 articles"});
  std::ranges::sort(files);

  std::vector<ArticleFile> articles;
  std::unordered_set<std::string> ids;
  for (const fs::path& file : files) {
    const readable<std::string> text = read_whole(file);
    if (!text) return std::unexpected(text.error());
    readable<ArticleFile> article = parse_article(*text, file);
    if (!article) return std::unexpected(article.error());
    if (!ids.insert(article->id).second)
      return std::unexpected(
          Complaint{file.string(), 0, "\"" + article->id + "\" is the id of another article: set slug or id"});
    articles.push_back(*std::move(article));
  }
  return articles;
}

}  // namespace

readable<ArticleFile> parse_article(std::string_view text, const fs::path& file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  ArticleFile article;
  if (auto front = read_front_matter(text, article, file.string()); !front) return std::unexpected(front.error());
  if (article.title.empty()) take_heading(text, article);
  if (article.title.empty())
    return std::unexpected(Complaint{file.string(), 0, "has no title: begin with \"# Title\" or front matter"});
  article.body = trimmed(text);
  if (article.slug.empty()) article.slug = file.stem().string();
  if (article.id.empty()) article.id = article.slug;
  return article;
}

readable<std::vector<ArticleFile>> parse_articles(std::istream& in, const std::string& name) {
  JsonLines lines(in, name);
  std::vector<ArticleFile> articles;
  std::unordered_set<std::string> ids;
  while (true) {
    auto object = lines.next();
    if (!object) return std::unexpected(object.error());
    if (!*object) return articles;
    ArticleFile article;
    const auto take = [&](std::string& into, readable<std::string> value) -> readable<void> {
      if (!value) return std::unexpected(value.error());
      into = *std::move(value);
      return {};
    };
    const boost::json::object& fields = **object;
    const std::string_view locale = fields.contains("locale") ? "locale" : "lang";
    readable<void> taken = take(article.id, lines.text(fields, "id"));
    if (taken) taken = take(article.title, lines.text_or(fields, "title", ""));
    if (taken) taken = take(article.body, lines.text_or(fields, "body", ""));
    if (taken) taken = take(article.locale, lines.text_or(fields, locale, ""));
    if (taken) taken = take(article.slug, lines.text_or(fields, "slug", article.id));
    if (taken) taken = take(article.category, lines.text_or(fields, "category", ""));
    if (!taken) return std::unexpected(taken.error());
    const readable<bool> published = lines.flag_or(fields, "published", true);
    const readable<bool> agents_only = lines.flag_or(fields, "agents_only", false);
    if (!published) return std::unexpected(published.error());
    if (!agents_only) return std::unexpected(agents_only.error());
    article.published = *published;
    article.agents_only = *agents_only;
    if (article.title.empty() && article.body.empty())
      return lines.complain("the article has neither \"title\" nor \"body\"");
    if (!ids.insert(article.id).second) return lines.complain("\"" + article.id + "\" is the id of an earlier line");
    articles.push_back(std::move(article));
  }
}

readable<std::vector<ArticleFile>> read_articles(const fs::path& folder_or_file) {
  std::error_code error;
  if (fs::is_directory(folder_or_file, error)) return read_folder(folder_or_file);
  if (is_markdown(folder_or_file)) {
    const readable<std::string> text = read_whole(folder_or_file);
    if (!text) return std::unexpected(text.error());
    readable<ArticleFile> article = parse_article(*text, folder_or_file);
    if (!article) return std::unexpected(article.error());
    return std::vector<ArticleFile>{*std::move(article)};
  }
  if (folder_or_file.extension() != ".jsonl")
    return std::unexpected(Complaint{folder_or_file.string(), 0, "want a folder, a *.md file or a *.jsonl file"});
  std::ifstream in(folder_or_file, std::ios::binary);
  if (!in) return std::unexpected(Complaint{folder_or_file.string(), 0, "can't be read"});
  return parse_articles(in, folder_or_file.string());
}

}  // namespace fifteen::search
