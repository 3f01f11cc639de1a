#include "server/desk/deflection/deflection_json.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/deflection_lists.hpp"
#include "server/desk/deflection/topics.hpp"
#include "server/desk/deflection/visits.hpp"

// Written by hand, as report_json.cpp: the keys keep their order, and a share is the shortest text that reads as the
// same double.
namespace fifteen::desk {
namespace {

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}
std::string quoted(Instant at) {
  return '"' + to_rfc3339(at) + '"';
}
std::string or_null(std::optional<double> number) {
  return number ? fmt::format("{}", *number) : "null";
}

template <class Items, class Write>
std::string list(const Items& items, Write write) {
  std::string text;
  for (const auto& item : items) text.append(text.empty() ? "" : ",").append(write(item));
  return text;
}

std::string to_json(const SentShare& group) {
  return fmt::format(R"({{"visitors":{},"sent":{},"share":{}}})", group.visitors, group.sent, or_null(group.share()));
}

std::string members(const DraftCounts& c) {
  return fmt::format(R"("lists":{},"solved":{},"left":{},"sent":{},"gross":{},"withheld_drafts":{},"withheld_sent":{},)"
                     R"("listed_nothing":{},"open":{})",
                     c.lists, c.solved, c.left, c.sent, or_null(c.gross()), c.withheld, c.withheld_sent,
                     c.listed_nothing, c.open);
}

std::string members(const DeflectionFigures& f) {
  const Lift lift = f.lift();
  const auto bound = [&](double at) { return or_null(lift.difference ? std::optional(at) : std::nullopt); };
  return fmt::format(R"("lift":{},"low":{},"high":{},"more_needed":{},"withheld":{},"list":{},{})",
                     or_null(lift.difference), bound(lift.interval.low), bound(lift.interval.high), lift.more_needed,
                     to_json(f.withheld), to_json(f.list), members(f.drafts));
}

std::string to_json(const MailCounts& m) {
  return fmt::format(R"({{"acknowledged":{},"listed":{},"withheld":{},"solved":{},"share":{}}})", m.acknowledged,
                     m.listed, m.withheld, m.solved, or_null(m.share()));
}

std::string members(const ArticleLine& a) {
  const ArticleCounts& c = a.counts;
  return fmt::format(
      R"("title":{},"slug":{},"locale":{},"updated_at":{},"listed":{},"opened":{},"helpful":{},"not_helpful":{},)"
      R"("solved":{},"missed":{},"unhelpful":{},"stale":{})",
      quoted(a.title), quoted(a.slug), quoted(a.locale), quoted(a.updated_at), c.listed, c.opened, c.helpful,
      c.not_helpful, c.solved, a.missed, a.is_unhelpful, a.is_stale);
}

std::string members(const QueryLine& q) {
  return fmt::format(R"("drafts":{},"listed_nothing":{},"tickets":{})", q.drafts, q.listed_nothing, q.tickets);
}

std::string totals(const DeflectionReport& report, const DeflectionWish& wish) {
  return fmt::format(R"("from":{},"to":{},"as_of":{},{},"mail":{})", quoted(wish.from), quoted(wish.to),
                     quoted(wish.now), members(report.total), to_json(report.mail));
}

std::string channels(const DeflectionReport& report) {
  return list(report.channels, [](const auto& entry) {
    return fmt::format("{}:{{{}}}", quoted(name(entry.first)), members(entry.second));
  });
}

std::string groups(store::Session& sql, const DeflectionReport& report, const DeflectionWish& wish, DeflectionBy by) {
  if (by == DeflectionBy::channel) return channels(report);
  if (by == DeflectionBy::query)
    return list(query_lines(sql, wish),
                [](const QueryLine& line) { return fmt::format("{}:{{{}}}", quoted(line.words), members(line)); });
  return list(article_lines(sql, report, wish),
              [](const ArticleLine& line) { return fmt::format("\"{}\":{{{}}}", line.id.value, members(line)); });
}

std::string day_text(std::chrono::local_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("\"{:04}-{:02}-{:02}\"", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string to_json(const Topic& topic) {
  return fmt::format(
      R"({{"title":{},"words":[{}],"examples":[{}],"locale":{},"drafts":{},"tickets":{},"would_save":{}}})",
      quoted(topic.title), list(topic.words, [](const auto& word) { return quoted(word); }),
      list(topic.examples, [](const auto& example) { return quoted(example); }), quoted(topic.locale), topic.drafts,
      topic.tickets, topic.would_save ? std::to_string(*topic.would_save) : "null");
}

}  // namespace

std::optional<DeflectionBy> parse_deflection_by(std::string_view word) {
  constexpr std::string_view words[] = {"channel", "article", "query"};
  const auto found = std::ranges::find(words, word);
  if (found == std::end(words)) return {};
  return static_cast<DeflectionBy>(found - std::begin(words));
}

std::string deflection_json(store::Session& sql, const DeflectionWish& wish, std::optional<DeflectionBy> by) {
  const DeflectionReport report = report_deflection(sql, wish);
  if (!by) return fmt::format("{{{}}}", totals(report, wish));
  return fmt::format(R"({{{},"groups":{{{}}}}})", totals(report, wish), groups(sql, report, wish, *by));
}

std::string deflection_page_json(store::Session& sql, const DeflectionWish& wish) {
  const DeflectionReport report = report_deflection(sql, wish);
  const auto id_and = [](const ArticleLine& line) {
    return fmt::format(R"({{"id":"{}",{}}})", line.id.value, members(line));
  };
  const auto words_and = [](const QueryLine& line) {
    return fmt::format(R"({{"words":{},{}}})", quoted(line.words), members(line));
  };
  const auto day_and = [](const auto& entry) {
    return fmt::format(R"({{"day":{},{}}})", day_text(entry.first), members(entry.second));
  };
  return fmt::format(
      R"({{{},"control_percent":{},"kept_days":{},"channels":{{{}}},"days":[{}],"articles":[{}],"queries":[{}],)"
      R"("topics":[{}]}})",
      totals(report, wish), std::lround(100 * control_share(sql)), kept_words(sql).count(), channels(report),
      list(report.days, day_and), list(article_lines(sql, report, wish), id_and),
      list(query_lines(sql, wish), words_and),
      list(kept_topics(sql), [](const Topic& topic) { return to_json(topic); }));
}

}  // namespace fifteen::desk
