#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "mail/parse_report.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::mail {

// Each tests/data/mail/<what-is-odd>.eml has a .json beside it: the keys of the report that it must give.
TEST(ReadMessage, ReadsEverySampleAsTheFileBesideItSays) {
  const auto samples = test::test_files("mail", ".eml");
  ASSERT_GE(samples.size(), 20u);
  for (auto sample : samples) {
    const auto report =
        boost::json::parse(parse_report({{"sample", test::read_file(sample)}}, ParseAs::message)).as_object();
    const auto expected = boost::json::parse(test::read_file(sample.replace_extension(".json"))).as_object();
    for (const auto& [key, value] : expected) {
      ASSERT_TRUE(report.contains(key)) << sample << " " << key;
      EXPECT_EQ(report.at(key), value) << sample << " " << key;
    }
  }
}

TEST(ParseReport, JoinsThreadsByIdsThatHoldAnAt) {
  const auto mail = [](const std::string& id, const std::string& references) {
    return "Message-ID: <" + id + ">\r\nReferences: " + references + "\r\n\r\nx";
  };
  const auto lines = parse_report({{"a", mail("1@x", "")},
                                   {"b", mail("2@x", "<yes>")},
                                   {"c", mail("3@x", "<yes>")},
                                   {"d", mail("4@x", "<3@x> <1@x>")}},
                                  ParseAs::message);
  std::vector<std::string> threads;
  for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1)
    threads.emplace_back(
        boost::json::parse(lines.substr(at, lines.find('\n', at) - at)).as_object().at("thread").as_string());
  EXPECT_EQ(threads, (std::vector<std::string>{"a", "b", "a", "a"}));
}

}  // namespace fifteen::mail
