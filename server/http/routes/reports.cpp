#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/deflection_json.hpp"
#include "server/desk/reports/wait_export.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/site.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

// Reads the query; what is wrong with it goes into `errors`.
class QueryReader {
 public:
  QueryReader(const Call& call, std::vector<FieldError>& errors) : call_(call), errors_(errors) {}

  desk::ReportPeriod period() {
    desk::ReportPeriod period{instant("from", std::nullopt), instant("to", std::nullopt), instant("as_of", call_.now)};
    if (errors_.empty() && period.to < period.from) errors_.push_back({"to", "This lies before `from`."});
    return period;
  }
  bool is_of_the_present() const { return !call_.request.query("as_of"); }

  template <class Parse, class Into>
  void word(const char* name, Parse parse_word, Into& into, const char* message) {
    const auto text = call_.request.query(name);
    if (!text || text->empty()) return;
    if (const auto value = parse_word(*text))
      into = *value;  // NOLINT(bugprone-optional-value-conversion): some may be absent
    else
      errors_.push_back({name, message});
  }

 private:
  Instant instant(const char* name, std::optional<Instant> otherwise) {
    const auto text = call_.request.query(name);
    const auto at = text ? parse_rfc3339(*text) : otherwise;
    if (!at) errors_.push_back({name, "This is an instant as 2026-11-01T00:00:00Z."});
    return at.value_or(Instant());
  }

  const Call& call_;
  std::vector<FieldError>& errors_;
};

constexpr const char* wrong_waits = "This is first, next or all.";
constexpr const char* wrong_clock = "This is business or wall.";
constexpr const char* wrong_zone = "There is no such time zone.";

desk::ReportWish read_wish(const Call& call, std::vector<FieldError>& errors) {
  QueryReader query(call, errors);
  desk::ReportWish wish{.period = query.period(), .is_present = query.is_of_the_present()};
  wish.own_ids = true;
  query.word("waits", desk::parse_reported_waits, wish.waits, wrong_waits);
  query.word("by", desk::parse_report_by, wish.by, "This is agent, channel, mailbox, tag, plan or hour.");
  query.word("clock", desk::parse_clock_kind, wish.clock, wrong_clock);
  query.word("zone", TimeZone::find, wish.zone, wrong_zone);
  return wish;
}

// Whose figures alone this caller may see, of persons'; none: everybody's.
std::optional<AgentId> only_agent(const Caller& caller) {
  if (!caller.agent || caller.role != Role::agent) return {};
  return caller.agent;
}

// The texts that a wait's facet may have; what `word` says of those without any.
std::string key_of(desk::Facet facet, std::string word) {
  return facet == desk::Facet::tags && word == "untagged" ? "" : word;
}

std::optional<std::size_t> parse_index(std::string_view text, std::size_t count) {
  if (text.size() != 1 || text[0] < '0' || static_cast<std::size_t>(text[0] - '0') >= count) return {};
  return static_cast<std::size_t>(text[0] - '0');
}

result<desk::ResponseTimesWish> read_filters(const Call& call, std::vector<FieldError>& errors) {
  QueryReader query(call, errors);
  desk::ResponseTimesWish wish{.period = query.period(), .is_present = query.is_of_the_present(), .filter = {}};
  desk::WaitFilter& filter = wish.filter;
  query.word("waits", desk::parse_reported_waits, filter.waits, wrong_waits);
  query.word("clock", desk::parse_clock_kind, filter.clock, wrong_clock);
  query.word("zone", TimeZone::find, filter.zone, wrong_zone);
  constexpr std::array<const char*, desk::facet_count> names = {"agent", "channel", "mailbox", "plan", "tag"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (auto text = call.request.query(names[i]); text && !text->empty())
      filter.facets[i] = key_of(static_cast<desk::Facet>(i), std::move(*text));
  query.word("hour", desk::parse_week_hour, filter.hour, "This is an hour of the week as mon 09.");
  query.word("day", parse_date, filter.day, "This is a day as 2026-11-03.");
  query.word(
      "bucket", [](std::string_view text) { return parse_index(text, wait_bounds.size() + 1); }, filter.bucket,
      "This is a bucket's place in the distribution, from 0.");
  query.word(
      "reply_bucket", [](std::string_view text) { return parse_index(text, kudos_bounds.size() + 1); },
      filter.reply_bucket, "This is a bucket's place in kudos, from 0.");
  query.word("ending", desk::parse_ending_filter, filter.ending,
             "This is answered, met, missed, running, overdue, late, closed_unanswered, self_solved, off_hours, rated "
             "or kudos.");
  const auto& agent = filter.facets[static_cast<std::size_t>(desk::Facet::agent)];
  if (const auto self = only_agent(call.caller); self && agent && *agent != id_text(*self)) return errc::forbidden;
  return wish;
}

constexpr const char* not_yours = "Only managers see the figures of others.";

Reply json_text(std::string text) {
  return file(std::move(text), "application/json", Guard::data);
}

}  // namespace

Reply report_first_response(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_wish(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  auto report = desk::report_responses(sql, wish);
  if (const auto self = only_agent(call.caller); self && wish.by == desk::ReportBy::agent)
    std::erase_if(report.groups, [&](const auto& group) { return group.first != id_text(*self); });
  return json_text(desk::to_json(report, wish.by.has_value()));
}

Reply report_response_times(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_filters(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  if (!wish) return problem(wish.error(), not_yours);
  const bool compare = call.request.query("compare") != "0";
  const auto times = desk::report_response_times(sql, *wish, compare);
  return json_text(desk::to_json(times, desk::report_names(sql), only_agent(call.caller)));
}

Reply report_waits(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_filters(call, errors);
  const auto limit = limit_of(call.request, 50, 200);
  if (!limit) errors.push_back({"limit", "This is a number from 1 to 200."});
  std::optional<desk::WaitPlace> after;
  if (const auto cursor = call.request.query("cursor")) {
    after = desk::parse_wait_cursor(*cursor);
    if (!after) errors.push_back({"cursor", "This is no cursor of ours."});
  }
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  if (!wish) return problem(wish.error(), not_yours);
  const auto list =
      desk::list_waits(sql, *wish, desk::WaitOrder::latest_first, after, static_cast<std::size_t>(*limit));
  std::string items;
  for (const auto& wait : list.waits) items += (items.empty() ? "" : ",") + desk::to_json(wait);
  const std::string next = list.next ? '"' + desk::to_cursor(*list.next) + '"' : "null";
  return json_text("{\"items\":[" + items + "],\"next\":" + next + "}");
}

Reply report_deflection(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  QueryReader query(call, errors);
  const auto period = query.period();
  desk::DeflectionWish wish{.from = period.from, .to = period.to, .now = call.now, .channel = {}, .zone = {}};
  std::optional<desk::DeflectionBy> by;
  query.word("channel", parse<Channel>, wish.channel, "This is form, widget or email.");
  query.word("zone", TimeZone::find, wish.zone, wrong_zone);
  query.word("by", desk::parse_deflection_by, by, "This is channel, article or query.");
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  return json_text(by ? desk::deflection_json(sql, wish, by) : desk::deflection_page_json(sql, wish));
}

namespace {

class ExportedWaits final : public BodySource {
 public:
  ExportedWaits(store::Database& records, const desk::ResponseTimesWish& wish, desk::WaitExport::Format format)
      : records_(records), waits_(wish, format) {}

  awaitable<std::string> next() override {
    if (waits_.is_done()) co_return "";
    const auto read = [this](store::Session& sql) { return waits_.read(sql); };
    co_return waits_.take(co_await records_.read(read));
  }

 private:
  store::Database& records_;
  desk::WaitExport waits_;
};

awaitable<Reply> export_waits(Site& site, const Call& call, desk::WaitExport::Format format, const char* type,
                              const char* name) {
  std::vector<FieldError> errors;
  const auto wish = read_filters(call, errors);
  if (!errors.empty()) co_return problem(errc::invalid, {}, errors);
  if (!wish) co_return problem(wish.error(), not_yours);
  const auto waits = std::make_shared<ExportedWaits>(site.database(), *wish, format);
  std::string begin = co_await waits->next();  // what fails here is still answered as it should be
  co_return stream(std::move(begin), waits, type, Guard::download)
      .with("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
}

}  // namespace

awaitable<Reply> export_waits_csv(Site& site, Call call) {
  co_return co_await export_waits(site, call, desk::WaitExport::Format::csv, "text/csv; charset=utf-8", "waits.csv");
}

awaitable<Reply> export_waits_json(Site& site, Call call) {
  co_return co_await export_waits(site, call, desk::WaitExport::Format::json_lines, "application/x-ndjson",
                                  "waits.jsonl");
}

}  // namespace fifteen::http::routes
