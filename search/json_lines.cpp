#include "search/json_lines.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace fifteen::search {
namespace {

constexpr std::size_t line_limit_bytes = 16u << 20;

std::string quoted(std::string_view key) {
  return '"' + std::string(key) + '"';
}

std::optional<std::string> as_text(const boost::json::value& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  if (const auto* number = value.if_int64()) return std::to_string(*number);
  return {};
}

const boost::json::value* find(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  return value && !value->is_null() ? value : nullptr;
}

}  // namespace

readable<std::optional<boost::json::object>> JsonLines::next() {
  std::string text;
  while (std::getline(in_, text)) {
    ++line_;
    if (line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (text.size() > line_limit_bytes) return complain("the line is longer than 16 MiB");
    boost::system::error_code error;
    boost::json::value value = boost::json::parse(text, error);
    if (error) return complain("no JSON: " + error.message());
    if (!value.is_object()) return complain("want a JSON object: {\"id\":…}");
    return std::move(value.get_object());
  }
  if (in_.bad()) return complain("the file can't be read");
  return std::optional<boost::json::object>{};
}

readable<std::string> JsonLines::text(const boost::json::object& object, std::string_view key) const {
  const boost::json::value* value = find(object, key);
  if (!value) return complain(quoted(key) + " is missing");
  if (auto text = as_text(*value)) return *std::move(text);
  return complain(quoted(key) + " must be a string");
}

readable<std::string> JsonLines::text_or(const boost::json::object& object, std::string_view key,
                                         std::string otherwise) const {
  return find(object, key) ? text(object, key) : readable<std::string>(std::move(otherwise));
}

readable<bool> JsonLines::flag_or(const boost::json::object& object, std::string_view key, bool otherwise) const {
  const boost::json::value* value = find(object, key);
  if (!value) return otherwise;
  if (const bool* flag = value->if_bool()) return *flag;
  return complain(quoted(key) + " must be true or false");
}

readable<std::vector<std::string>> JsonLines::texts(const boost::json::object& object, std::string_view key) const {
  std::vector<std::string> found;
  const boost::json::value* value = find(object, key);
  if (!value) return found;
  if (!value->is_array()) return complain(quoted(key) + " must be a list of strings");
  for (const boost::json::value& item : value->get_array()) {
    auto text = as_text(item);
    if (!text) return complain(quoted(key) + " must be a list of strings");
    found.push_back(*std::move(text));
  }
  return found;
}

}  // namespace fifteen::search
