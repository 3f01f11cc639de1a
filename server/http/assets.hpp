#pragma once
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/base/embedded.hpp"
#include "server/http/reply.hpp"

namespace fifteen::http {

// The browser's files inside the binary, under names that hold a hash of their bytes: kept for a year, sent as the
// build compressed them. Read-only after construction.
class Assets {
 public:
  // Throws std::runtime_error when there is no manifest.json that can be read.
  explicit Assets(std::span<const EmbeddedFile> files);

  // "/assets/app-1A2B3C.js" for "app.js"; throws std::logic_error for what the build did not make.
  const std::string& path(const std::string& entry) const;

  // The answer for "/assets/{name}"; errc::not_found's problem for anything else.
  Reply answer(const Request& request, std::string_view name) const;

  // "widget.js" as it is now, under an address that stays: kept for minutes, then asked for again.
  Reply current(const Request& request, const std::string& entry) const;

 private:
  Reply answer(const Request& request, std::string_view name, const char* cache) const;
  struct Asset {
    std::string_view plain, gzip, brotli;
    std::string content_type;
    std::string tag;  // "\"…\"", of the plain bytes
  };
  std::unordered_map<std::string, Asset> assets_;
  std::unordered_map<std::string, std::string> paths_;
};

// Does an Accept-Encoding field take this coding? (q=0 refuses it; RFC 9110, 12.5.3)
bool accepts_coding(std::string_view field, std::string_view coding);

// Does If-None-Match name this tag, or "*"?
bool names_tag(std::string_view field, std::string_view tag);

}  // namespace fifteen::http
