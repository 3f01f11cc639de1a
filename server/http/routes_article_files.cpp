#include <map>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/base/base64.hpp"
#include "server/desk/article_import.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/zip.hpp"

// Articles as files: a folder that a browser sends, and one that it gets.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::size_t most_files = 2000, longest_path = 500;
constexpr std::size_t largest_file = 7u << 20;  // a picture of 5 MiB in base64
constexpr std::size_t largest_export = 256u << 20;
constexpr std::size_t most_members = 60'000;

}  // namespace

Reply import_articles(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  std::vector<desk::SourceFile> texts;
  std::map<std::string, std::string> others;
  for (Fields& file : fields.objects("files", most_files)) {
    const std::string path = file.need_text("path", longest_path);
    const auto bytes = decode_base64(file.text("base64", largest_file).value_or(""));
    if (!bytes) file.complain("base64", "This is not base64.");
    fields.complain("files", "File " + path, file);
    if (!bytes || path.empty()) continue;
    if (desk::is_article_file(path))
      texts.push_back({path, *bytes});
    else
      others[path] = *bytes;
  }
  if (fields.are_fine() && texts.empty()) fields.complain("files", "There is no *.md and no *.html file among these.");
  if (!fields.are_fine()) return fields.problem();
  const auto find_file = [&](const std::string& path) -> std::optional<std::string> {
    const auto found = others.find(path);
    return found == others.end() ? std::nullopt : std::optional(found->second);
  };
  const auto report = desk::import_files(sql, actor_of(call), std::move(texts), find_file, call.now);
  if (!report) return problem(report.error());
  json::array refused;
  for (const auto& [file, why] : report->refused) refused.push_back(json::object{{"file", file}, {"why", why}});
  return ok({{"added", report->added},
             {"changed", report->changed},
             {"unchanged", report->unchanged},
             {"refused", std::move(refused)}});
}

Reply export_articles(store::Session& sql, const Call& call) {
  Zip zip;
  std::size_t members = 0;
  const auto write = [&](const desk::SourceFile& file) {
    ++members;
    if (zip.size() < largest_export && members <= most_members) zip.add(file.path, file.bytes);
  };
  const auto done = desk::export_files(sql, actor_of(call), write);
  if (!done) return problem(done.error());
  if (zip.size() >= largest_export || members > most_members)
    return problem(errc::too_large, "The knowledge base is larger than a download: use `fifteen article export`.");
  return file(std::move(zip).finish(), "application/zip", Guard::download)
      .with("Content-Disposition", "attachment; filename=\"articles.zip\"");
}

}  // namespace fifteen::http::routes
