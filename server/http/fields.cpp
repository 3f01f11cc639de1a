#include "server/http/fields.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace fifteen::http {
namespace {

namespace json = boost::json;

std::string trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(space) - begin + 1));
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(
      text, [](unsigned char c) { return (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127; });
}

std::optional<std::int64_t> key_of(const json::value& value) {
  if (value.is_int64() && value.get_int64() > 0) return value.get_int64();
  if (!value.is_string()) return std::nullopt;
  const std::string_view text(value.get_string());
  std::int64_t key = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), key);
  if (ec != std::errc() || end != text.data() + text.size() || key <= 0) return std::nullopt;
  return key;
}

}  // namespace

Fields Fields::of(const Request& request, std::string_view type) {
  Fields fields;
  const auto sent = request.headers["content-type"];
  boost::system::error_code ec;
  json::parse_options options;
  options.max_depth = 16;
  json::value value;
  if (sent.substr(0, sent.find(';')) == type) value = json::parse(request.body, ec, {}, options);
  if (ec || !value.is_object())
    fields.is_unreadable_ = true;
  else
    fields.object_ = std::move(value.get_object());
  return fields;
}

std::string Fields::need_text(std::string_view name, std::size_t max) {
  auto value = text(name, max);
  if (value) *value = trimmed(*value);
  if (!value || value->empty()) complain(name, "This is needed.");
  return value.value_or("");
}

std::optional<std::string> Fields::text(std::string_view name, std::size_t max) {
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return std::nullopt;
  if (!value->is_string()) {
    complain(name, "This must be text.");
    return std::nullopt;
  }
  std::string text(value->get_string());
  if (text.size() > max)
    complain(name, "This is longer than " + std::to_string(max) + " bytes.");
  else if (!is_utf8(text) || has_control(text))
    complain(name, "This holds characters that can't be taken.");
  else
    return text;
  return std::nullopt;
}

std::string Fields::need_email(std::string_view name) {
  std::string email = need_text(name, 254);
  if (!email.empty() && !looks_like_email(email)) complain(name, "This is not an e-mail address.");
  std::ranges::transform(email, email.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return email;
}

bool Fields::flag(std::string_view name, bool otherwise) {
  const auto* value = object_.if_contains(name);
  if (!value) return otherwise;
  if (!value->is_bool()) complain(name, "This must be true or false.");
  return value->is_bool() ? value->get_bool() : otherwise;
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return std::nullopt;
  if (value->is_int64() && value->get_int64() >= least && value->get_int64() <= most) return value->get_int64();
  complain(name, "This must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
  return std::nullopt;
}

std::optional<std::int64_t> Fields::id(std::string_view name) {
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return std::nullopt;
  const auto key = key_of(*value);
  if (!key) complain(name, "This must be an id.");
  return key;
}

std::vector<std::int64_t> Fields::ids(std::string_view name, std::size_t most) {
  std::vector<std::int64_t> keys;
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return keys;
  if (value->is_array() && value->get_array().size() <= most)
    for (const auto& member : value->get_array())
      if (const auto key = key_of(member)) keys.push_back(*key);
  if (!value->is_array() || keys.size() != value->get_array().size())
    complain(name, "This must be a list of at most " + std::to_string(most) + " ids.");
  return keys;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t most, std::size_t max) {
  std::vector<std::string> list;
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return list;
  if (value->is_array() && value->get_array().size() <= most)
    for (const auto& member : value->get_array())
      if (member.is_string())
        if (auto text = trimmed(std::string_view(member.get_string()));
            !text.empty() && text.size() <= max && is_utf8(text) && !has_control(text))
          list.push_back(std::move(text));
  if (!value->is_array() || list.size() != value->get_array().size())
    complain(name, "This must be a list of at most " + std::to_string(most) + " texts.");
  return list;
}

std::vector<Fields> Fields::objects(std::string_view name, std::size_t most) {
  std::vector<Fields> list;
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return list;
  if (value->is_array() && value->get_array().size() <= most)
    for (const auto& member : value->get_array())
      if (member.is_object()) list.emplace_back().object_ = member.get_object();
  if (!value->is_array() || list.size() != value->get_array().size())
    complain(name, "This must be a list of at most " + std::to_string(most) + " objects.");
  return list;
}

std::optional<Fields> Fields::object(std::string_view name) {
  const auto* value = object_.if_contains(name);
  if (!value || value->is_null()) return std::nullopt;
  Fields fields;
  if (value->is_object())
    fields.object_ = value->get_object();
  else
    complain(name, "This must be an object.");
  return fields;
}

bool Fields::is_null(std::string_view name) const {
  const auto* value = object_.if_contains(name);
  return value && value->is_null();
}

void Fields::complain(std::string_view name, std::string message) {
  const auto known = std::ranges::find(errors_, name, &FieldError::field);
  if (known == errors_.end()) errors_.push_back({std::string(name), std::move(message)});
}

void Fields::complain(std::string_view name, std::string_view which, const Fields& part) {
  for (const auto& [field, message] : part.errors_) complain(name, std::string(which) + ", " + field + ": " + message);
}

Reply Fields::problem() const {
  if (is_unreadable_)
    return http::problem(errc::invalid, "The body must be a JSON object (Content-Type: application/json).");
  return http::problem(errc::invalid, {}, errors_);
}

bool looks_like_email(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || at + 1 == text.size() || text.size() > 254) return false;
  const auto domain = text.substr(at + 1);
  const auto is_odd = [](unsigned char c) {
    return c <= 32 || c == 127 || std::string_view("<>()[]\\,;:\"").contains(static_cast<char>(c));
  };
  return std::ranges::none_of(text, is_odd) && !domain.starts_with('.') && !domain.ends_with('.') &&
         !domain.contains("..") && !text.substr(0, at).contains('@');
}

}  // namespace fifteen::http
