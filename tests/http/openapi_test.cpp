#include "server/http/openapi.hpp"

#include <set>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "server/http/site.hpp"

namespace fifteen::http {
namespace {

namespace json = boost::json;

constexpr std::string_view base = "/api/v1";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view word(Access access) {
  constexpr std::string_view words[] = {"anyone", "team", "manager", "admin", "person"};
  return words[static_cast<std::size_t>(access)];
}

// Every "$ref" below a value.
void collect_references(const json::value& value, std::set<std::string>& found) {
  if (value.is_array())
    for (const auto& member : value.get_array()) collect_references(member, found);
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.get_object())
    if (key == "$ref")
      found.insert(std::string(member.as_string()));
    else
      collect_references(member, found);
}

TEST(OpenApi, DescribesExactlyTheRoutesAndWhoMayUseThem) {
  const json::value document = json::parse({openapi_document().data(), openapi_document().size()});
  std::map<std::string, std::string> described, routed;
  for (const auto& [path, methods] : document.at("paths").as_object())
    for (const auto& [method, operation] : methods.as_object())
      described[std::string(method) + " " + std::string(path)] = std::string(operation.at("x-access").as_string());
  for (const Route& route : all_routes())
    if (route.pattern.starts_with(base))
      routed[lower(name(route.method)) + " " + std::string(route.pattern.substr(base.size()))] = word(route.access);

  EXPECT_EQ(described, routed);
}

TEST(OpenApi, RefersToNothingThatIsMissing) {
  const json::value document = json::parse({openapi_document().data(), openapi_document().size()});
  std::set<std::string> references;
  collect_references(document, references);

  EXPECT_GT(references.size(), 10u);
  for (const std::string& reference : references) {
    boost::system::error_code ec;
    document.find_pointer(reference.substr(1), ec);
    EXPECT_FALSE(ec) << reference;
  }
}

TEST(OpenApi, EveryPostTakesAnIdempotencyKey) {
  const json::value document = json::parse({openapi_document().data(), openapi_document().size()});
  for (const auto& [path, methods] : document.at("paths").as_object())
    if (const auto* post = methods.as_object().if_contains("post"))
      EXPECT_TRUE(std::ranges::any_of(post->at("parameters").as_array(), [](const json::value& parameter) {
        const auto* reference = parameter.as_object().if_contains("$ref");
        return reference && *reference == "#/components/parameters/IdempotencyKey";
      })) << path;
}

}  // namespace
}  // namespace fifteen::http
