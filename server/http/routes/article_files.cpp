#include <expected>
#include <map>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/base/base64.hpp"
#include "server/desk/knowledge/article_import.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/once.hpp"
#include "server/http/routes.hpp"
#include "server/http/site.hpp"
#include "server/http/zip.hpp"
#include "server/store/database.hpp"

// Articles as files: a folder that a browser sends, and one that it gets.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::size_t most_files = 2000, longest_path = 500;
constexpr std::size_t largest_file = 7u << 20;  // a picture of 5 MiB in base64
constexpr std::size_t largest_export = 256u << 20;
constexpr std::size_t most_members = 60'000;

struct Sent {
  std::vector<desk::SourceFile> texts;
  std::map<std::string, std::string> others;
};
std::expected<Sent, Reply> read_sent(const Call& call) {
  Fields fields = Fields::of(call.request);
  Sent sent;
  for (Fields& file : fields.objects("files", most_files)) {
    const std::string path = file.need_text("path", longest_path);
    auto bytes = decode_base64(file.text("base64", largest_file).value_or(""));
    if (!bytes) file.complain("base64", "This is not base64.");
    fields.complain("files", "File " + path, file);
    if (!bytes || path.empty()) continue;
    if (desk::is_article_file(path))
      sent.texts.push_back({path, std::move(*bytes)});
    else
      sent.others[path] = std::move(*bytes);
  }
  if (fields.are_fine() && sent.texts.empty())
    fields.complain("files", "There is no *.md and no *.html file among these.");
  if (!fields.are_fine()) return std::unexpected(fields.problem());
  return sent;
}

}  // namespace

// All of it is read on a database's thread that writes nothing, and written in short transactions.
awaitable<Reply> import_articles(Site& site, Call call) {
  std::optional<desk::ArticleImport> import;
  const auto read = [&](store::Session& sql) -> std::optional<Reply> {
    if (auto before = answered_before(sql, call)) return before;
    auto sent = read_sent(call);
    if (!sent) return std::move(sent.error());
    const auto others = std::make_shared<std::map<std::string, std::string>>(std::move(sent->others));
    import.emplace(std::move(sent->texts), [others](const std::string& path) -> std::optional<std::string> {
      const auto found = others->find(path);
      return found == others->end() ? std::nullopt : std::optional(found->second);
    });
    import->settle(sql);
    return {};
  };
  if (auto wrong = co_await site.database().read(read)) co_return std::move(*wrong);
  std::optional<desk::ArticleImport::Batch> batch;
  const auto next = [&](store::Session&) {
    if (!batch) batch = import->next();
    return batch.has_value();
  };
  for (; co_await site.database().read(next); batch.reset()) {
    const auto write = [&](store::Session& sql) {
      return desk::ArticleImport::write(sql, actor_of(call), *batch, call.now);
    };
    const auto done = co_await site.database().write(write);
    if (!done) co_return problem(done.error());
    import->note(*done);
  }
  const desk::ImportReport& report = import->report();
  json::array refused;
  for (const auto& [file, why] : report.refused) refused.push_back(json::object{{"file", file}, {"why", why}});
  const Reply reply = ok({{"added", report.added},
                          {"changed", report.changed},
                          {"unchanged", report.unchanged},
                          {"refused", std::move(refused)}});
  const auto keep = [&](store::Session& sql) { keep_answer(sql, call, reply); };
  co_await site.database().write(keep);
  co_return reply;
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
