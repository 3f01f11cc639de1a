#include "server/store/columns.hpp"

#include <boost/json.hpp>

namespace json = boost::json;

namespace fifteen::store {
namespace {

bool continues_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

json::array array_from(const std::string& text) {
  boost::system::error_code failure;
  json::value value = json::parse(text, failure);
  if (failure || !value.is_array()) return {};
  return std::move(value.get_array());
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::string clip(std::string_view text, std::size_t max_characters) {
  if (text.size() <= max_characters) return std::string(text);
  std::size_t end = 0;
  for (std::size_t characters = 0; end < text.size(); ++end) {
    if (continues_a_character(text[end])) continue;
    if (characters++ == max_characters) break;
  }
  return std::string(text.substr(0, end));
}

std::string to_json(const std::vector<mail::Address>& addresses) {
  json::array out;
  for (const mail::Address& address : addresses)
    out.push_back(json::object{{"name", address.name}, {"email", address.address}});
  return json::serialize(out);
}

std::vector<mail::Address> addresses_from_json(const std::string& text) {
  std::vector<mail::Address> addresses;
  if (text == "[]") return addresses;
  for (const json::value& value : array_from(text))
    if (const json::object* object = value.if_object())
      addresses.push_back({text_of(*object, "name"), text_of(*object, "email")});
  return addresses;
}

std::string to_json(const std::vector<std::string>& texts) {
  return json::serialize(json::array(texts.begin(), texts.end()));
}

std::vector<std::string> texts_from_json(const std::string& text) {
  std::vector<std::string> texts;
  for (const json::value& value : array_from(text))
    if (value.is_string()) texts.emplace_back(value.get_string());
  return texts;
}

std::string to_lines(const std::vector<std::string>& texts) {
  std::string lines;
  for (const std::string& text : texts) {
    if (!lines.empty()) lines += '\n';
    lines += text;
  }
  return lines;
}

std::vector<std::string> from_lines(std::string_view lines) {
  std::vector<std::string> texts;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    texts.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return texts;
}

}  // namespace fifteen::store
