#pragma once
#include <filesystem>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "search/complaint.hpp"

namespace fifteen::search {

// An article as somebody wrote it into a file.
struct ArticleFile {
  std::string id;  // the source's own: "id", else the slug
  std::string slug;
  std::string title;
  std::string body;    // Markdown
  std::string locale;  // empty: not said
  std::string category;
  std::string translation_of;  // the id of the article that it translates; empty: none
  bool published = true;
  bool agents_only = false;
};

// One Markdown file. It may begin with front matter, lines of `key: value` between two lines of `---`:
//   title, slug, id, locale (or lang), category, translation_of, published (or draft), agents_only, all optional.
// Values may be quoted; `#` begins a comment line; other keys, and what is indented below them, are passed over.
// Without a title the first `# heading` is the title and leaves the body; without a slug the file's name is the slug.
readable<ArticleFile> parse_article(std::string_view text, const std::filesystem::path& file);

// `articles.jsonl`: a JSON object a line with the same keys; "title" or "body" may be empty, not both.
readable<std::vector<ArticleFile>> parse_articles(std::istream& in, const std::string& name);

// A folder (every *.md and *.markdown below it, in order of their names), one Markdown file, or a *.jsonl file.
// No two articles may have the same id.
readable<std::vector<ArticleFile>> read_articles(const std::filesystem::path& folder_or_file);

}  // namespace fifteen::search
