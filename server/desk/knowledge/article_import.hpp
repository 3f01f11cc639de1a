#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "search/article_file.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/markdown_targets.hpp"
#include "server/desk/team/access.hpp"

// Articles from files and into files: Markdown with front matter, HTML pages, pictures beside them.
namespace fifteen::desk {

struct SourceFile {
  std::string path;  // below the folder that is imported, with "/": "guides/install.md"
  std::string bytes;
};
// The bytes of another file of that folder, by its path; none: there is no such file.
using FindFile = std::function<std::optional<std::string>(const std::string& path)>;

struct ImportReport : Imported {
  struct Refused {
    std::string file, why;
  };
  std::vector<Refused> refused;  // and pictures and pages that are missing
};
bool is_article_file(std::string_view path);  // *.md, *.markdown, *.html, *.htm

// A folder becomes articles: all of it is read before anything is written, and written in short transactions, each
// whole. So it may end anywhere, and begin again: importing again changes what changed. What is wrong with one file
// stops no other. A folder is a category where a file names none. Links between the files lead to their articles.
class ArticleImport {
 public:
  // Reads the files; touches no records.
  ArticleImport(std::vector<SourceFile> files, FindFile find_file);
  // Which address each page gets, and by it where links lead. In a transaction that reads; again is fine.
  void settle(store::Session& sql);

  // What one transaction writes: a megabyte or two, some pictures or at most 50 articles.
  struct Batch {
    std::vector<std::string> pictures;
    std::vector<search::ArticleFile> articles;
  };
  // The next one, and moves on; none at the end.
  std::optional<Batch> next();
  // errc::forbidden: managers and admins only.
  static result<Imported> write(store::Session& sql, const Actor& actor, const Batch& batch, Instant now);
  void note(const Imported& done);

  const ImportReport& report() const { return report_; }
  std::size_t articles() const { return pages_.size(); }
  std::size_t articles_written() const { return next_article_; }

 private:
  struct Page {
    std::string path;
    search::ArticleFile article;
    bool has_own_slug = false;  // the file says it
  };
  struct TakenPicture {
    std::string path, sha256;
  };
  void refuse(const std::string& file, std::string why) { report_.refused.push_back({file, std::move(why)}); }
  void read(const SourceFile& file);
  void name(Page& page);
  void put_in_order();
  std::optional<std::size_t> page_of(const Page& from, std::string_view target) const;
  std::optional<std::string> picture_of(const Page& from, const MarkdownTarget& named);
  void miss(const Page& page, const MarkdownTarget& named, const std::string& why);

  FindFile find_file_;
  std::vector<Page> pages_;
  std::vector<search::ArticleFile> settled_;   // the pages, as they are written
  std::map<std::string, std::size_t> places_;  // of pages, by each path that leads to them
  std::set<std::string> ids_;
  std::map<std::string, std::string> looked_at_;          // addresses of pictures, by path; empty: it is none
  std::set<std::pair<std::string, std::string>> missed_;  // page and target: told once
  std::vector<TakenPicture> pictures_;
  std::size_t next_picture_ = 0, next_article_ = 0;
  ImportReport report_;
};

// One after another; importing what was written changes nothing. errc::forbidden: who can't read articles.
result<void> export_files(store::Session& sql, const Actor& actor, const std::function<void(SourceFile)>& write);

}  // namespace fifteen::desk
