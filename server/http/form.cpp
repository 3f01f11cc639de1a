#include "server/http/form.hpp"

#include <algorithm>
#include <optional>

namespace fifteen::http {
namespace {

constexpr std::size_t most_parts = 60, longest_header = 4096, longest_boundary = 70;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t"), to = text.find_last_not_of(" \t");
  return from == std::string_view::npos ? std::string_view() : text.substr(from, to - from + 1);
}

// Browsers write a quote as %22 and line ends as %0D and %0A, and escape nothing else (HTML, "multipart/form-data").
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i, 3);
    const char c = rest == "%22" ? '"' : rest == "%0D" || rest == "%0A" ? ' ' : '\0';
    out += c ? c : text[i];
    if (c) i += 2;
  }
  return out;
}

// name="value" or name=value behind a ';', whatever other parameters there are.
std::optional<std::string> parameter(std::string_view header, std::string_view wanted) {
  auto semicolon = header.find(';');
  while (semicolon != std::string_view::npos) {
    header.remove_prefix(semicolon + 1);
    const auto equals = header.find('=');
    if (equals == std::string_view::npos) return {};
    const std::string name = lower(trimmed(header.substr(0, equals)));
    header.remove_prefix(equals + 1);
    std::string_view value = header;
    if (header.starts_with('"')) {
      const auto end = header.find('"', 1);
      if (end == std::string_view::npos) return {};
      value = header.substr(1, end - 1);
      header.remove_prefix(end + 1);
      semicolon = header.find(';');
    } else {
      semicolon = header.find(';');
      value = trimmed(header.substr(0, semicolon));
    }
    if (name == wanted) return std::string(value);
  }
  return {};
}

struct PartHeader {
  std::optional<std::string> name, file_name;
  std::string content_type;
};

PartHeader read_header(std::string_view lines) {
  PartHeader header;
  while (!lines.empty()) {
    const auto end = std::min(lines.find("\r\n"), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 2, lines.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = lower(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-disposition" && lower(value).starts_with("form-data")) {
      header.name = parameter(value, "name");
      header.file_name = parameter(value, "filename");
    } else if (name == "content-type") {
      header.content_type = value;
    }
  }
  return header;
}

class Multipart {
 public:
  Multipart(std::string_view body, const std::string& boundary) : rest_(body), delimiter_("\r\n--" + boundary) {}

  result<Form> read() {
    // What stands before the first boundary is nothing (RFC 2046, 5.1.1); browsers put nothing there.
    if (!rest_.starts_with(std::string_view(delimiter_).substr(2))) return errc::invalid;
    rest_.remove_prefix(delimiter_.size() - 2);
    Form form;
    for (std::size_t parts = 0;; ++parts) {
      if (rest_.starts_with("--")) return form;
      if (parts == most_parts || !rest_.starts_with("\r\n") || !read_part(form)) return errc::invalid;
    }
  }

 private:
  // Of "\r\n", its header, a blank line, its bytes, up to the next delimiter.
  bool read_part(Form& form) {
    const auto blank = rest_.substr(0, longest_header).find("\r\n\r\n");
    if (blank == std::string_view::npos) return false;
    const PartHeader header = read_header(rest_.substr(2, blank < 2 ? 0 : blank - 2));
    rest_.remove_prefix(blank + 4);
    const auto end = rest_.find(delimiter_);
    if (end == std::string_view::npos || !header.name) return false;
    const std::string_view bytes = rest_.substr(0, end);
    rest_.remove_prefix(end + delimiter_.size());
    std::string name = unescaped(*header.name);
    if (header.file_name) {
      std::string file = unescaped(*header.file_name);
      if (!is_utf8(name) || !is_utf8(file) || file.contains('\0')) return false;
      if (!file.empty()) form.files.push_back({std::move(name), std::move(file), header.content_type, bytes});
      return true;
    }
    if (!is_utf8(name) || !is_utf8(bytes) || bytes.contains('\0')) return false;
    form.fields.emplace_back(std::move(name), bytes);
    return true;
  }

  std::string_view rest_;
  std::string delimiter_;
};

}  // namespace

std::string_view Form::operator[](std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

result<Form> read_form(const Request& request) {
  const std::string_view type = request.headers["content-type"];
  const std::string kind = lower(trimmed(type.substr(0, type.find(';'))));
  if (kind == "application/x-www-form-urlencoded") return Form{form_fields(request.body), {}};
  if (kind != "multipart/form-data") return errc::invalid;
  const auto boundary = parameter(type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > longest_boundary) return errc::invalid;
  return Multipart(request.body, *boundary).read();
}

}  // namespace fifteen::http
