#include <algorithm>
#include <set>

#include "server/desk/knowledge/article_categories.hpp"
#include "server/desk/knowledge/article_import.hpp"
#include "server/desk/knowledge/article_pictures.hpp"
#include "server/desk/knowledge/article_record.hpp"
#include "server/desk/knowledge/markdown_targets.hpp"
#include "server/desk/knowledge/slugs.hpp"

namespace fifteen::desk {
namespace {

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

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
      const auto beside = [&](const MarkdownTarget& named) -> std::optional<std::string> {
        if (!named.target.starts_with(picture_address)) return {};
        const std::string file(named.target.substr(picture_address.size()));
        if (written.insert(file).second) {
          auto picture = read_article_picture(sql, true, file.substr(0, file.find('.')));
          if (!picture) return {};
          write({"pictures/" + file, std::move(picture->bytes)});
        }
        return up + "pictures/" + file;
      };
      const std::string body = with_targets(article.body, beside);
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
