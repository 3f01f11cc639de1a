#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/access.hpp"
#include "server/store/articles.hpp"

// Articles from files and into files: Markdown with front matter, HTML pages, pictures beside them.
namespace fifteen::desk {

struct SourceFile {
  std::string path;  // below the folder that is imported, with "/": "guides/install.md"
  std::string bytes;
};
// The bytes of another file of that folder, by its path; none: there is no such file.
using FindFile = std::function<std::optional<std::string>(const std::string& path)>;

struct ImportReport {
  int added = 0, changed = 0, unchanged = 0;
  struct Refused {
    std::string file, why;
  };
  std::vector<Refused> refused;  // and pictures that are missing
};
bool is_article_file(std::string_view path);  // *.md, *.markdown, *.html, *.htm
// A folder is a category where a file names none. What is wrong with one file stops no other. Again, it changes what
// changed. errc::forbidden: managers and admins only.
result<ImportReport> import_files(store::Session& sql, const Actor& actor, std::vector<SourceFile> files,
                                  const FindFile& find_file, Instant now);

// One after another; importing what was written changes nothing. errc::forbidden: who can't read articles.
result<void> export_files(store::Session& sql, const Actor& actor, const std::function<void(SourceFile)>& write);

}  // namespace fifteen::desk
