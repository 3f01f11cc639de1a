#include "server/http/assets.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "server/base/random.hpp"

namespace fifteen::http {
namespace {

std::string_view type_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> types[] = {{".js", "text/javascript; charset=utf-8"},
                                                                     {".css", "text/css; charset=utf-8"},
                                                                     {".svg", "image/svg+xml"},
                                                                     {".json", "application/json"},
                                                                     {".png", "image/png"},
                                                                     {".woff2", "font/woff2"}};
  for (const auto& [ending, type] : types)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Calls `is_it` for each member of a comma-separated list until it says yes.
template <class IsIt>
bool any_member(std::string_view list, IsIt is_it) {
  while (!list.empty()) {
    const auto member = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), member.size() + 1));
    if (is_it(trimmed(member))) return true;
  }
  return false;
}

}  // namespace

Assets::Assets(std::span<const EmbeddedFile> files) {
  std::string_view manifest;
  for (const auto& [name, bytes] : files) {
    if (name == "manifest.json") {
      manifest = bytes;
      continue;
    }
    const bool is_gzip = name.ends_with(".gz"), is_brotli = name.ends_with(".br");
    Asset& asset = assets_[std::string(is_gzip || is_brotli ? name.substr(0, name.size() - 3) : name)];
    (is_gzip ? asset.gzip : is_brotli ? asset.brotli : asset.plain) = bytes;
  }
  for (auto& [name, asset] : assets_) {
    asset.content_type = type_of(name);
    asset.tag = '"' + sha256_hex(asset.plain).substr(0, 16) + '"';
  }
  boost::system::error_code ec;
  const auto entries = boost::json::parse({manifest.data(), manifest.size()}, ec);
  if (ec || !entries.is_object()) throw std::runtime_error("the program was built without its web files");
  for (const auto& [entry, name] : entries.get_object())
    paths_.emplace(entry, "/assets/" + std::string(name.as_string()));
}

const std::string& Assets::path(const std::string& entry) const {
  const auto found = paths_.find(entry);
  if (found == paths_.end()) throw std::logic_error("no such web file: " + entry);
  return found->second;
}

Reply Assets::answer(const Request& request, std::string_view name) const {
  return answer(request, name, "public, max-age=31536000, immutable");
}

Reply Assets::current(const Request& request, const std::string& entry) const {
  const auto found = paths_.find(entry);
  if (found == paths_.end()) return problem(errc::not_found);
  return answer(request, found->second.substr(found->second.rfind('/') + 1), "public, max-age=300");
}

// Pages of other sites load the widget's files, too.
Reply Assets::answer(const Request& request, std::string_view name, const char* cache) const {
  const auto found = assets_.find(std::string(name));
  if (found == assets_.end()) return problem(errc::not_found);
  const Asset& asset = found->second;
  if (names_tag(request.headers["if-none-match"], asset.tag))
    return not_modified().with("ETag", asset.tag).with("Cache-Control", cache).with("Access-Control-Allow-Origin", "*");

  const auto coding = request.headers["accept-encoding"];
  const bool brotli = !asset.brotli.empty() && accepts_coding(coding, "br");
  const bool gzip = !brotli && !asset.gzip.empty() && accepts_coding(coding, "gzip");
  Reply reply = file({}, asset.content_type, Guard::asset);
  reply.embedded = brotli ? asset.brotli : gzip ? asset.gzip : asset.plain;
  reply.headers = {{"Cache-Control", cache},
                   {"ETag", asset.tag},
                   {"Vary", "Accept-Encoding"},
                   {"Access-Control-Allow-Origin", "*"},
                   {"Cross-Origin-Resource-Policy", "cross-origin"}};
  if (brotli || gzip) reply.headers.emplace_back("Content-Encoding", brotli ? "br" : "gzip");
  return reply;
}

bool accepts_coding(std::string_view field, std::string_view coding) {
  return any_member(field, [&](std::string_view member) {
    const auto word = trimmed(member.substr(0, member.find(';')));
    if (word != coding) return false;
    const auto weight = member.find("q=");
    return weight == std::string_view::npos || member.find_first_of("123456789", weight) != std::string_view::npos;
  });
}

bool names_tag(std::string_view field, std::string_view tag) {
  return any_member(field, [&](std::string_view member) {
    if (member.starts_with("W/")) member.remove_prefix(2);
    return member == tag || member == "*";
  });
}

}  // namespace fifteen::http
