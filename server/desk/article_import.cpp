#include "server/desk/article_import.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "search/article_file.hpp"
#include "server/base/percent.hpp"
#include "server/desk/article_categories.hpp"
#include "server/desk/article_pictures.hpp"
#include "server/desk/article_record.hpp"
#include "server/desk/articles.hpp"
#include "server/desk/html_article.hpp"
#include "server/desk/knowledge.hpp"
#include "server/desk/slugs.hpp"

namespace fifteen::desk {
namespace {

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

// "a/b", "../c.png" is "a/c.png"; empty when it leads out of the folder that is imported.
std::string resolved(const std::string& folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  const std::string whole = folder + "/" + std::string(relative.substr(0, relative.find_first_of("?#")));
  for (std::string_view rest = whole; !rest.empty();) {
    const auto end = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else {
      if (parts.empty()) return {};
      parts.pop_back();
    }
  }
  std::string path;
  for (const auto part : parts) path.append(path.empty() ? "" : "/").append(part);
  return path;
}

bool is_elsewhere(std::string_view target) {
  return target.empty() || target.starts_with('/') || target.starts_with('#') || target.contains(':');
}

// Each "![words](target)" of a text is asked for a new target; none: it stays.
std::string with_pictures(std::string_view body,
                          const std::function<std::optional<std::string>(std::string_view)>& new_target) {
  std::string out;
  for (std::size_t at = body.find("!["); at != std::string_view::npos; at = body.find("![")) {
    const auto open = body.find("](", at);
    if (open == std::string_view::npos) break;
    const auto end = std::min(body.find_first_of(" )\n", open + 2), body.size());
    const std::string_view target = body.substr(open + 2, end - open - 2);
    const auto made = new_target(target);
    out.append(body.substr(0, open + 2)).append(made ? std::string_view(*made) : target);
    body.remove_prefix(end);
  }
  return out.append(body);
}

class Import {
 public:
  Import(store::Session& sql, const Actor& actor, const FindFile& find_file, Instant now)
      : sql_(sql), actor_(actor), find_file_(find_file), now_(now) {}

  void read(const SourceFile& file) {
    if (!is_utf8(file.bytes)) return refuse(file.path, "is not UTF-8");
    const bool is_html = file.path.ends_with(".html") || file.path.ends_with(".htm");
    search::ArticleFile article;
    if (is_html) {
      article = read_html_article(file.bytes);
      if (article.title.empty()) return refuse(file.path, "has no heading and no title, or nests too deep");
    } else {
      auto parsed = search::parse_article(file.bytes, file.path);
      if (!parsed) return refuse(file.path, parsed.error().what);
      article = *std::move(parsed);
    }
    if (article.title.size() > longest_title) return refuse(file.path, "has a title of more than 300 bytes");
    if (article.body.size() > longest_body) return refuse(file.path, "has more than 1 MiB of text");
    name(article, file.path);
    article.body = with_pictures(article.body, [&](std::string_view target) { return take(file.path, target); });
    if (article.body.size() > longest_body) return refuse(file.path, "has more than 1 MiB of text");
    articles_.push_back(std::move(article));
  }

  result<ImportReport> write() {
    // What is translated comes before its translations.
    std::vector<search::ArticleFile> ordered;
    for (const bool is_translation : {false, true})
      for (const auto& article : articles_)
        if (article.translation_of.empty() != is_translation) ordered.push_back(article);
    const auto done = import_articles(sql_, actor_, ordered, now_);
    if (!done) return done.error();
    report_.added = done->added;
    report_.changed = done->changed;
    report_.unchanged = done->unchanged;
    return std::move(report_);
  }

 private:
  void refuse(const std::string& file, std::string why) { report_.refused.push_back({file, std::move(why)}); }

  // A file is known again by its id, else its name, else its place; "index" says nothing, its folder does.
  void name(search::ArticleFile& article, const std::string& path) {
    const std::string folder = folder_of(path), file = path.substr(folder.empty() ? 0 : folder.size() + 1);
    std::string stem = file.substr(0, file.rfind('.'));
    if ((stem == "index" || stem == "README") && !folder.empty()) stem = folder.substr(folder.rfind('/') + 1);
    if (article.slug.empty() || article.slug == file.substr(0, file.rfind('.'))) {
      if (article.id.empty() || article.id == article.slug) article.id = stem;
      article.slug = stem;
    }
    if (article.id.empty()) article.id = article.slug;
    if (!ids_.insert(article.id).second) ids_.insert(article.id = path.substr(0, path.rfind('.')));
    if (article.category.empty()) article.category = folder;
  }

  std::optional<std::string> take(const std::string& file, std::string_view target) {
    if (is_elsewhere(target)) return {};
    const auto decoded = percent_decoded(target, false);
    const std::string path = decoded ? resolved(folder_of(file), *decoded) : "";
    if (const auto known = pictures_.find(path); known != pictures_.end()) return known->second;
    const auto bytes = path.empty() ? std::nullopt : find_file_(path);
    if (!bytes) {
      refuse(file, "shows the picture " + std::string(target) + ", which is not there");
      return {};
    }
    const auto picture = add_picture(sql_, actor_, *bytes, now_);
    if (!picture) {
      refuse(path, picture.error() == make_error_code(errc::too_large)
                       ? "is larger than 5 MiB"
                       : "is no PNG, JPEG or WebP picture of at most 10,000 pixels a side");
      return {};
    }
    return pictures_[path] = address_of(*picture);
  }

  store::Session& sql_;
  const Actor& actor_;
  const FindFile& find_file_;
  const Instant now_;
  std::vector<search::ArticleFile> articles_;
  std::set<std::string> ids_;
  std::map<std::string, std::string> pictures_;  // addresses, by path
  ImportReport report_;
};

// A category as a file names it: in words where its slug can be told from them.
std::string words_of(store::Session& sql, const std::string& slug, std::string_view locale) {
  const auto category = slug.empty() ? std::nullopt : store::find_category_by_slug(sql, slug);
  if (!category) return slug;
  const std::string above = folder_of(slug), words = (above.empty() ? "" : above + "/") + name_in(*category, locale);
  return to_category_slug(words) == slug ? words : slug;
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  std::ranges::replace(text, '\r', ' ');
  return text;
}

}  // namespace

bool is_article_file(std::string_view path) {
  return path.ends_with(".md") || path.ends_with(".markdown") || path.ends_with(".html") || path.ends_with(".htm");
}

result<ImportReport> import_files(store::Session& sql, const Actor& actor, std::vector<SourceFile> files,
                                  const FindFile& find_file, Instant now) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  std::ranges::sort(files, {}, &SourceFile::path);
  Import import(sql, actor, find_file, now);
  for (const SourceFile& file : files) import.read(file);
  return import.write();
}

result<void> export_files(store::Session& sql, const Actor& actor, const std::function<void(SourceFile)>& write) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  constexpr int page = 100;
  std::set<std::string> written;
  const auto id_of = [](const store::Article& article) {
    return article.external_id.empty() ? article.slug : article.external_id;
  };
  for (ArticleId after;;) {
    const auto articles = store::articles_after(sql, after, page);
    for (const store::Article& article : articles) {
      if (article.state == store::ArticleState::deleted) continue;
      const std::string folder = article.category;
      std::string up;
      for (std::size_t depth = folder.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::count(folder, '/'));
           depth > 0; --depth)
        up += "../";
      const std::string body = with_pictures(article.body, [&](std::string_view target) -> std::optional<std::string> {
        if (!target.starts_with(picture_address)) return {};
        const std::string file(target.substr(picture_address.size()));
        if (written.insert(file).second) {
          auto picture = read_article_picture(sql, true, file.substr(0, file.find('.')));
          if (!picture) return {};
          write({"pictures/" + file, std::move(picture->bytes)});
        }
        return up + "pictures/" + file;
      });
      std::string text = "---\ntitle: \"" + one_line(article.title) + "\"\nid: \"" + one_line(id_of(article)) +
                         "\"\nslug: \"" + article.slug + "\"\nlocale: \"" + article.locale + "\"\n";
      if (!folder.empty()) text += "category: \"" + one_line(words_of(sql, folder, article.locale)) + "\"\n";
      if (article.is_translation())
        if (const auto source = store::find_article(sql, article.group))
          text += "translation_of: \"" + one_line(id_of(*source)) + "\"\n";
      if (article.state == store::ArticleState::draft) text += "published: false\n";
      if (article.state == store::ArticleState::agents_only) text += "agents_only: true\n";
      write({(folder.empty() ? "" : folder + "/") + article.slug + ".md", text + "---\n" + body + "\n"});
    }
    if (articles.size() < page) return {};
    after = articles.back().id;
  }
}

}  // namespace fifteen::desk
