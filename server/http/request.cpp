#include "server/http/request.hpp"

#include <algorithm>

namespace fifteen::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Calls `each(name, value)` for the raw pairs of "a=1&b=2".
template <class Each>
void each_pair(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (!pair.empty())
      each(pair.substr(0, equals), equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
  }
}

}  // namespace

std::string_view name(Method method) {
  constexpr std::string_view names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"};
  return names[static_cast<std::size_t>(method)];
}

void Headers::add(std::string_view name, std::string_view value) {
  if (bytes_.empty()) bytes_.reserve(512);
  const auto at = static_cast<std::uint32_t>(bytes_.size());
  for (const char c : name) bytes_ += lower(c);
  bytes_ += value;
  const auto name_size = static_cast<std::uint32_t>(name.size());
  places_.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
}

std::string_view Headers::operator[](std::string_view name) const {
  for (const Place& p : places_)
    if (part(p.name, p.name_size) == name) return part(p.value, p.value_size);
  return {};
}

std::string_view Headers::last(std::string_view name) const {
  std::string_view found;
  for (const Place& p : places_)
    if (part(p.name, p.name_size) == name) found = part(p.value, p.value_size);
  return found;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(places_, [&](const Place& p) { return part(p.name, p.name_size) == name; }));
}

std::optional<std::string> Request::query(std::string_view name) const {
  std::optional<std::string> found;
  if (path_size < target.size())
    each_pair(std::string_view(target).substr(path_size + 1), [&](std::string_view key, std::string_view value) {
      if (!found && percent_decoded(key, true) == name) found = percent_decoded(value, true);
    });
  return found;
}

std::string_view Request::cookie(std::string_view name) const {
  std::string_view rest = headers["cookie"];
  while (!rest.empty()) {
    auto pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
      return pair.substr(name.size() + 1);
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> form_fields(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> fields;
  each_pair(text, [&](std::string_view key, std::string_view value) {
    auto decoded_key = percent_decoded(key, true);
    auto decoded_value = percent_decoded(value, true);
    if (decoded_key && decoded_value && fields.size() < 100)
      fields.emplace_back(std::move(*decoded_key), std::move(*decoded_value));
  });
  return fields;
}

}  // namespace fifteen::http
