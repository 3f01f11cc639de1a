#include <algorithm>
#include <array>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "server/desk/history/history_format.hpp"
#include "server/desk/history/history_readers.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t line_bytes = 64u << 20;
constexpr std::size_t json_depth = 32;

struct Reader {
  std::string_view type;
  HistoryRecord (*read)(HistoryFields&);
};

constexpr std::array readers = {
    Reader{"schedule", read_schedule}, Reader{"mailbox", read_mailbox},   Reader{"target", read_target},
    Reader{"agent", read_agent},       Reader{"customer", read_customer}, Reader{"article", read_article},
    Reader{"ticket", read_ticket},     Reader{"message", read_message},   Reader{"close", read_close},
    Reader{"reopen", read_reopen},     Reader{"assign", read_assign},     Reader{"tag", read_tag},
    Reader{"spam", read_spam},         Reader{"unspam", read_unspam},     Reader{"merge", read_merge},
    Reader{"unmerge", read_unmerge},   Reader{"split", read_split},       Reader{"bounced", read_bounced},
    Reader{"undo", read_undo},         Reader{"rating", read_rating},
};

}  // namespace

std::expected<HistoryRecord, std::string> parse_history_line(std::string_view line) {
  if (line.size() > line_bytes) return std::unexpected("the line is longer than 64 MiB");
  boost::json::error_code wrong;
  boost::json::parse_options options;
  options.max_depth = json_depth;
  const boost::json::value value = boost::json::parse(line, wrong, {}, options);
  if (wrong) return std::unexpected("not JSON: " + wrong.message());
  const auto* object = value.if_object();
  if (!object) return std::unexpected("not a JSON object: write {\"type\":…}");
  const auto* type = object->if_contains("type");
  if (!type || !type->is_string()) return std::unexpected("\"type\" is missing: say what the line is");
  const auto* reader = std::ranges::find(readers, std::string_view(type->get_string()), &Reader::type);
  if (reader == readers.end())
    return std::unexpected(
        fmt::format("\"type\" is \"{:.40}\", which no line can be", std::string_view(type->get_string())));
  HistoryFields fields(*object);
  HistoryRecord record = reader->read(fields);
  if (!fields.complaint().empty()) return std::unexpected(fmt::format("{}: {}", reader->type, fields.complaint()));
  return record;
}

}  // namespace fifteen::desk
