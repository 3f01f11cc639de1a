#include "server/http/form_trap.hpp"

#include <charconv>

namespace fifteen::http {
namespace {

constexpr std::chrono::seconds shortest{2};

std::string proof_of(const Key& key, std::string_view us) {
  return keyed_token(key, "form-begun:" + std::string(us));
}

}  // namespace

std::string begun_at(const Key& key, Instant shown) {
  const std::string us = std::to_string(to_us(shown));
  return us + "." + proof_of(key, us);
}

bool looks_typed(const Key& key, const Form& form, Instant now) {
  if (!form["website"].empty()) return false;
  const std::string_view begun = form["begun"];
  const auto dot = begun.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view us = begun.substr(0, dot);
  std::int64_t shown = 0;
  const auto [end, failure] = std::from_chars(us.data(), us.data() + us.size(), shown);
  if (failure != std::errc() || end != us.data() + us.size()) return false;
  return constant_time_equal(begun.substr(dot + 1), proof_of(key, us)) && now - from_us(shown) >= shortest;
}

std::string begun_long_ago(const Key& key, Instant now) {
  return begun_at(key, now - shortest);
}

}  // namespace fifteen::http
