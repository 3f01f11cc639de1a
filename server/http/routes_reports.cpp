#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/base/rfc3339.hpp"
#include "server/desk/response_report.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

// Reads the query; what is wrong with it goes into `errors`.
desk::ReportWish read_wish(const Call& call, std::vector<FieldError>& errors) {
  desk::ReportWish wish;
  wish.own_ids = true;
  const auto instant = [&](const char* name, std::optional<Instant> otherwise) {
    const auto text = call.request.query(name);
    const auto at = text ? parse_rfc3339(*text) : otherwise;
    if (!at) errors.push_back({name, "This is an instant as 2026-11-01T00:00:00Z."});
    return at.value_or(Instant());
  };
  wish.period.from = instant("from", std::nullopt);
  wish.period.to = instant("to", std::nullopt);
  wish.period.now = instant("as_of", call.now);
  wish.is_present = !call.request.query("as_of");
  const auto word = [&](const char* name, auto parse_word, auto& into, const char* message) {
    const auto text = call.request.query(name);
    if (!text || text->empty()) return;
    if (const auto value = parse_word(*text))
      into = *value;  // NOLINT(bugprone-optional-value-conversion): `by` alone may be absent
    else
      errors.push_back({name, message});
  };
  word("waits", desk::parse_reported_waits, wish.waits, "This is first, next or all.");
  word("by", desk::parse_report_by, wish.by, "This is agent, channel, mailbox, tag, plan or hour.");
  word("clock", desk::parse_clock_kind, wish.clock, "This is business or wall.");
  word("zone", TimeZone::find, wish.zone, "There is no such time zone.");
  return wish;
}

Reply json_text(std::string text) {
  return file(std::move(text), "application/json", Guard::data);
}

}  // namespace

Reply report_first_response(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_wish(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  return json_text(desk::to_json(desk::report_responses(sql, wish), wish.by.has_value()));
}

Reply report_days(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  auto wish = read_wish(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  wish.by = desk::ReportBy::day;
  std::string items;
  for (const auto& [day, figures] : desk::report_responses(sql, wish).groups)
    items += (items.empty() ? "" : ",") + ("{\"day\":\"" + day + "\",") + desk::to_json(figures).substr(1);
  return json_text("{\"items\":[" + items + "],\"next\":null}");
}

Reply report_distribution(store::Session& sql, const Call& call) {
  std::vector<FieldError> errors;
  const auto wish = read_wish(call, errors);
  if (!errors.empty()) return problem(errc::invalid, {}, errors);
  const auto report = desk::report_responses(sql, wish);
  json::array buckets;
  for (std::size_t i = 0; i < report.distribution.size(); ++i) {
    json::value upto;
    if (i < wait_bounds.size()) upto = std::chrono::floor<std::chrono::seconds>(wait_bounds[i]).count();
    buckets.push_back(json::object{{"upto_seconds", std::move(upto)}, {"count", report.distribution[i]}});
  }
  return ok({{"buckets", std::move(buckets)}});
}

}  // namespace fifteen::http::routes
