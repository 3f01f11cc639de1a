#include "server/desk/knowledge/article_import.hpp"

#include <algorithm>

#include "server/base/percent.hpp"
#include "server/base/random.hpp"
#include "server/desk/knowledge/article_pictures.hpp"
#include "server/desk/knowledge/article_record.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/desk/knowledge/html_article.hpp"
#include "server/desk/knowledge/markdown_targets.hpp"
#include "server/desk/knowledge/slugs.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t most_articles = 50, most_bytes = 1u << 20;  // of one transaction, and the last one over it

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

std::string file_of(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string without_ending(std::string_view path) {
  return std::string(is_article_file(path) ? path.substr(0, path.rfind('.')) : path);
}

// It says nothing, its folder does.
bool is_index(std::string_view stem) {
  return stem == "index" || stem == "README";
}

// "a/b", "../c.png" is "a/c.png"; none when it leads out of the folder that is imported.
std::optional<std::string> resolved(const std::string& folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  const std::string whole = folder + "/" + std::string(relative);
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

bool is_relative(std::string_view target) {
  return !target.empty() && !target.starts_with('/') && !target.starts_with('#') && !target.contains(':');
}

// Of "install.md?a#part": the path.
std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find_first_of("?#"));
}

}  // namespace

bool is_article_file(std::string_view path) {
  return path.ends_with(".md") || path.ends_with(".markdown") || path.ends_with(".html") || path.ends_with(".htm");
}

ArticleImport::ArticleImport(std::vector<SourceFile> files, FindFile find_file) : find_file_(std::move(find_file)) {
  std::ranges::sort(files, {}, &SourceFile::path);
  for (const SourceFile& file : files) read(file);
  put_in_order();
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const std::string& path = pages_[i].path;
    const std::string stem = without_ending(path);
    places_.emplace(path, i);
    places_.emplace(stem, i);
    if (is_index(file_of(stem))) places_.emplace(folder_of(path), i);
  }
  for (Page& page : pages_)
    page.article.body = with_targets(page.article.body, [&](const MarkdownTarget& named) -> std::optional<std::string> {
      if (!is_relative(named.target) || page_of(page, named.target)) return {};
      return picture_of(page, named);
    });
}

void ArticleImport::read(const SourceFile& file) {
  if (!is_utf8(file.bytes)) return refuse(file.path, "is not UTF-8");
  Page page{.path = file.path, .article = {}};
  if (file.path.ends_with(".html") || file.path.ends_with(".htm")) {
    page.article = read_html_article(file.bytes);
    if (page.article.title.empty()) return refuse(file.path, "has no heading and no title, or nests too deep");
  } else {
    auto parsed = search::parse_article(file.bytes, file.path);
    if (!parsed) return refuse(file.path, parsed.error().what);
    page.article = *std::move(parsed);
  }
  if (page.article.title.size() > longest_title) return refuse(file.path, "has a title of more than 300 bytes");
  if (page.article.body.size() > longest_body) return refuse(file.path, "has more than 1 MiB of text");
  name(page);
  pages_.push_back(std::move(page));
}

// A file is known again by its id, else its name, else its place.
void ArticleImport::name(Page& page) {
  search::ArticleFile& article = page.article;
  const std::string folder = folder_of(page.path), file = file_of(page.path);
  std::string stem = file.substr(0, file.rfind('.'));
  page.has_own_slug = !article.slug.empty() && article.slug != stem;
  if (!page.has_own_slug) {
    if (is_index(stem) && !folder.empty()) stem = file_of(folder);
    if (article.id.empty() || article.id == article.slug) article.id = stem;
    article.slug = stem;
  }
  if (article.id.empty()) article.id = article.slug;
  if (!ids_.insert(article.id).second) ids_.insert(article.id = page.path.substr(0, page.path.rfind('.')));
  if (article.category.empty()) article.category = folder;
}

// What is translated comes before its translations.
void ArticleImport::put_in_order() {
  std::vector<Page> ordered;
  for (const bool is_translation : {false, true})
    for (Page& page : pages_)
      if (page.article.translation_of.empty() != is_translation) ordered.push_back(std::move(page));
  pages_ = std::move(ordered);
}

// Of "/guides/install.html" below the folder, of "install", "install.md" and "install/" beside the page that says so.
std::optional<std::size_t> ArticleImport::page_of(const Page& from, std::string_view target) const {
  const bool is_absolute = target.starts_with('/') && !target.starts_with("//");
  if (!is_absolute && !is_relative(target)) return {};
  const auto decoded = percent_decoded(path_of(target), false);
  if (!decoded || decoded->empty()) return {};
  const auto path = resolved(is_absolute ? "" : folder_of(from.path), *decoded);
  if (!path) return {};
  for (const std::string& key : {*path, without_ending(*path)})
    if (const auto found = places_.find(key); found != places_.end()) return found->second;
  return {};
}

std::optional<std::string> ArticleImport::picture_of(const Page& from, const MarkdownTarget& named) {
  const auto decoded = percent_decoded(path_of(named.target), false);
  const auto path = decoded ? resolved(folder_of(from.path), *decoded) : std::nullopt;
  const auto known = path ? looked_at_.find(*path) : looked_at_.end();
  if (known != looked_at_.end()) return known->second.empty() ? std::nullopt : std::optional(known->second);
  const auto bytes = path && !path->empty() ? find_file_(*path) : std::nullopt;
  if (!bytes) return miss(from, named, "which is not there"), std::nullopt;
  const auto picture = judge_picture(*bytes);
  if (picture) {
    pictures_.push_back({*path, picture->sha256});
    return looked_at_[*path] = address_of(*picture);
  }
  if (!named.is_picture) return miss(from, named, "which is neither a page nor a picture"), std::nullopt;
  looked_at_[*path];
  refuse(*path, picture.error() == make_error_code(errc::too_large)
                    ? "is larger than 5 MiB"
                    : "is no PNG, JPEG, GIF or WebP picture of at most 10,000 pixels a side");
  return {};
}

void ArticleImport::miss(const Page& page, const MarkdownTarget& named, const std::string& why) {
  const std::string target(named.target);
  if (missed_.emplace(page.path, target).second)
    refuse(page.path, (named.is_picture ? "shows the picture " : "leads to ") + target + ", " + why);
}

void ArticleImport::settle(store::Session& sql) {
  std::vector<search::ArticleFile> settled;
  std::set<std::string> given;
  for (const Page& page : pages_) {
    search::ArticleFile& article = settled.emplace_back(page.article);
    const auto known = imported_before(sql, article);
    const std::string wanted = to_slug(article.slug);
    if (known && (!page.has_own_slug || wanted == known->slug))
      article.slug = known->slug;
    else
      article.slug = free_slug(sql, wanted, known ? known->id : ArticleId(), given);
    given.insert(article.slug);
  }
  for (std::size_t i = 0; i < pages_.size(); ++i)
    settled[i].body =
        with_targets(pages_[i].article.body, [&](const MarkdownTarget& named) -> std::optional<std::string> {
          const auto page = page_of(pages_[i], named.target);
          if (!page) return {};
          const auto part = named.target.find('#');
          return article_url(settled[*page].slug) +
                 std::string(part == std::string_view::npos ? "" : named.target.substr(part));
        });
  settled_ = std::move(settled);
}

std::optional<ArticleImport::Batch> ArticleImport::next() {
  Batch batch;
  std::size_t size = 0;
  while (next_picture_ < pictures_.size() && size < most_bytes) {
    const TakenPicture& picture = pictures_[next_picture_++];
    auto bytes = find_file_(picture.path);
    if (!bytes || sha256_hex(*bytes) != picture.sha256) {
      refuse(picture.path, "changed while it was imported");
      continue;
    }
    size += bytes->size();
    batch.pictures.push_back(std::move(*bytes));
  }
  if (!batch.pictures.empty()) return batch;
  while (next_article_ < settled_.size() && size < most_bytes && batch.articles.size() < most_articles) {
    size += settled_[next_article_].body.size();
    batch.articles.push_back(settled_[next_article_++]);
  }
  if (batch.articles.empty()) return {};
  return batch;
}

result<Imported> ArticleImport::write(store::Session& sql, const Actor& actor, const Batch& batch, Instant now) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  for (const std::string& bytes : batch.pictures)
    if (const auto kept = add_picture(sql, actor, bytes, now); !kept) return kept.error();
  return import_articles(sql, actor, batch.articles, now);
}

void ArticleImport::note(const Imported& done) {
  report_.added += done.added;
  report_.changed += done.changed;
  report_.unchanged += done.unchanged;
}

}  // namespace fifteen::desk
