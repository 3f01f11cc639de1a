#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/error.hpp"
#include "server/http/request.hpp"

namespace fifteen::http {

// A file that a form brought. `bytes` lie in the request's body.
struct FormFile {
  std::string field;
  std::string name;  // as the browser wrote it, a path perhaps; empty: nothing was chosen, and the file is left out
  std::string content_type;  // the browser's word
  std::string_view bytes;
};

// What a page's form sent.
struct Form {
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<FormFile> files;

  // The first of that name; empty: none.
  std::string_view operator[](std::string_view name) const;
};

// application/x-www-form-urlencoded or multipart/form-data (RFC 7578). errc::invalid: neither, not closed by its last
// boundary (the upload broke off), more than 60 parts, a part's header past 4 KiB, or a field that is not UTF-8.
result<Form> read_form(const Request& request);

}  // namespace fifteen::http
