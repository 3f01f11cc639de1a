#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "server/base/clock.hpp"
#include "server/desk/history/history_record.hpp"

namespace fifteen::desk {

// Reads the keys of one history line and keeps the first complaint. After a complaint values are empty, so that a
// reader asks for all it wants and looks once at the end. Keys nobody asked for are the rest.
class HistoryFields {
 public:
  explicit HistoryFields(const boost::json::object& line) : line_(line) { known_.emplace_back("type"); }

  std::string id(std::string_view key);                          // required, 1 to 255 bytes
  std::optional<std::string> optional_id(std::string_view key);  // missing or null: none
  std::string text(std::string_view key);                        // missing: empty
  std::optional<std::string> optional_text(std::string_view key);
  Instant instant(std::string_view key);
  std::optional<Instant> optional_instant(std::string_view key);
  bool flag(std::string_view key, bool otherwise);
  std::optional<std::int64_t> seconds(std::string_view key);  // 1 s to 10 years
  std::vector<std::string> texts(std::string_view key);       // missing: none
  Traits traits(std::string_view key);                        // missing: none
  HistoryActor actor(std::string_view key);  // "agent:a1", "customer", "customer:c2", "third_party", "system"
  bool has(std::string_view key) { return find(key) != nullptr; }
  bool is_null(std::string_view key) const;
  // A list of objects; `example` shows the complaint's reader what one looks like. Missing: none.
  std::vector<const boost::json::object*> objects(std::string_view key, std::string_view example);

  // One of the house's words; `choices` is for the complaint.
  template <class Word>
  Word word(std::string_view key, Word otherwise, std::string_view choices, bool required = false) {
    const auto given = optional_text(key);
    if (!given) {
      if (required) complain(key, "is missing: " + std::string(choices));
      return otherwise;
    }
    if (const auto parsed = parse<Word>(*given)) return *parsed;
    complain(key, "is not one of: " + std::string(choices));
    return otherwise;
  }

  const boost::json::value* find(std::string_view key);  // null when missing or null
  void complain(std::string_view key, std::string_view what);
  const std::string& complaint() const { return complaint_; }
  Traits rest() const;

 private:
  std::string checked(std::string_view key, const boost::json::value& value);

  const boost::json::object& line_;
  std::vector<std::string_view> known_;
  std::string complaint_;
};

}  // namespace fifteen::desk
