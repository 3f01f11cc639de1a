#include <algorithm>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/reports/csv.hpp"
#include "server/desk/reports/response_times.hpp"
#include "server/domain/confidence.hpp"

// Written by hand, as report_json.cpp is: the figures are the same text wherever they are told.
namespace fifteen::desk {
namespace {

constexpr std::size_t most_lines = 200;  // of tags, of plans: what a page can show

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}
std::string or_null(std::optional<Instant> t) {
  return t ? '"' + to_rfc3339(*t) + '"' : "null";
}
std::string or_null(std::string_view text) {
  return text.empty() ? "null" : quoted(text);
}
template <class Tag>
std::string or_null(Id<Tag> id) {
  return id ? fmt::format("\"{}\"", id.value) : "null";
}

template <class Items, class Tell>
std::string list(const Items& items, Tell tell) {
  std::string told;
  for (const auto& item : items) told += (told.empty() ? "" : ",") + tell(item);
  return '[' + told + ']';
}

std::string line(std::string_view head, const ReportLine& line) {
  return fmt::format("{{{},{}", head, std::string_view(to_json(line.figures)).substr(1));
}

std::string upper_bound(std::span<const Microseconds> bounds, std::size_t bucket) {
  return bucket < bounds.size() ? std::to_string(std::chrono::floor<std::chrono::seconds>(bounds[bucket]).count())
                                : "null";
}

// The largest, by key.
std::vector<ReportLine> largest(std::vector<ReportLine> lines) {
  if (lines.size() <= most_lines) return lines;
  const auto size = [](const ReportLine& line) {
    const Figures& f = line.figures;
    return f.answered + f.running + f.closed_unanswered + f.self_solved;
  };
  std::ranges::sort(lines, [&](const ReportLine& a, const ReportLine& b) {
    return size(a) != size(b) ? size(a) > size(b) : a.key < b.key;
  });
  lines.resize(most_lines);
  std::ranges::sort(lines, {}, &ReportLine::key);
  return lines;
}

std::string kudos_json(const KudosBucket& bucket, std::size_t at) {
  std::string share = "null", low = "null", high = "null";
  if (bucket.answers > 0) {
    const Interval interval = wilson(bucket.kudos, bucket.answers);
    share = fmt::format("{}", static_cast<double>(bucket.kudos) / static_cast<double>(bucket.answers));
    low = fmt::format("{}", interval.low);
    high = fmt::format("{}", interval.high);
  }
  return fmt::format(R"({{"upto_seconds":{},"answers":{},"ratings":{},"kudos":{},"share":{},"low":{},"high":{}}})",
                     upper_bound(kudos_bounds, at), bucket.answers, bucket.ratings, bucket.kudos, share, low, high);
}

std::string told_met(const ListedWait& wait, const char* otherwise) {
  if (wait.measured.ending != Ending::answered) return otherwise;
  return wait.measured.is_met() ? "true" : "false";
}
std::string_view agent_id(const ListedWait& wait) {
  return wait.agent == "unassigned" ? std::string_view() : std::string_view(wait.agent);
}

}  // namespace

std::string to_json(const ResponseTimes& times, const ReportNames& names, std::optional<AgentId> only_agent) {
  const ReportTable& table = times.now;
  const auto keyed = [](const ReportLine& l) { return line("\"key\":" + quoted(l.key), l); };
  const auto named = [](const std::map<std::string, std::string>& names, const std::string& key) {
    const auto found = names.find(key);
    return "\"key\":" + quoted(key) + ",\"name\":" + (found == names.end() ? "null" : quoted(found->second));
  };
  std::vector<ReportLine> agents = table.agents;
  if (only_agent)
    std::erase_if(agents, [&](const ReportLine& l) { return l.key != std::to_string(only_agent->value); });
  std::size_t bucket = 0, speed = 0;
  const std::vector<ReportLine> tags = largest(table.tags), plans = largest(table.plans);
  std::string left_out;
  if (tags.size() < table.tags.size())
    left_out += fmt::format(",\"tags_left_out\":{}", table.tags.size() - tags.size());
  if (plans.size() < table.plans.size())
    left_out += fmt::format(",\"plans_left_out\":{}", table.plans.size() - plans.size());
  return "{\"total\":" + to_json(table.total) + ",\"before\":" + (times.before ? to_json(*times.before) : "null") +
         ",\"distribution\":" +
         list(table.distribution,
              [&](std::int64_t count) {
                return fmt::format(R"({{"upto_seconds":{},"count":{}}})", upper_bound(wait_bounds, bucket++), count);
              }) +
         ",\"days\":" + list(table.days, [](const ReportLine& l) { return line("\"day\":" + quoted(l.key), l); }) +
         ",\"hours\":" + list(table.hours, [](const ReportLine& l) { return line("\"hour\":" + quoted(l.key), l); }) +
         ",\"agents\":" +
         list(agents,
              [&](const ReportLine& l) {
                return line(
                    fmt::format("{},\"ratings\":{},\"kudos\":{}", named(names.agents, l.key), l.ratings, l.kudos), l);
              }) +
         ",\"channels\":" + list(table.channels, keyed) + ",\"mailboxes\":" +
         list(table.mailboxes, [&](const ReportLine& l) { return line(named(names.mailboxes, l.key), l); }) +
         ",\"tags\":" + list(tags, keyed) + ",\"plans\":" + list(plans, keyed) +
         ",\"kudos\":" + list(table.kudos, [&](const KudosBucket& b) { return kudos_json(b, speed++); }) + left_out +
         ",\"precision\":\"exact\"}";
}

std::string to_json(const ListedWait& wait) {
  const store::TicketOfWait& known = wait.ticket;
  const store::Ticket& ticket = known.ticket;
  const MeasuredWait& measured = wait.measured;
  return fmt::format(
      R"({{"ticket":{{"id":"{0}","number":{0},"subject":{1},"state":"{2}","channel":"{3}","mailbox":"{4}",)"
      R"("customer":{{"id":"{5}","name":{6},"email":{7}}},"assignee":{8},"tags":{9}}},"first":{10},"started_at":{11},)"
      R"("due_at":{12},"ended_at":{13},"ending":"{14}","wall":{15},"business":{16},"target":{17},"met":{18},)"
      R"("agent":{19},"rating":{20}}})",
      ticket.id.value, quoted(ticket.subject), name(ticket.summary.state), name(ticket.channel), ticket.mailbox.value,
      ticket.customer.value, quoted(known.customer_name), quoted(known.customer_email),
      or_null(ticket.summary.assignee), list(ticket.tags, quoted), measured.first,
      or_null(std::optional(measured.started_at)), or_null(wait.due_at), or_null(wait.ended_at), name(measured.ending),
      measured.wall.count(), measured.business.count(), measured.target.count(), told_met(wait, "null"),
      or_null(agent_id(wait)), or_null(name(wait.rated)));
}

std::string csv_head() {
  return "ticket,subject,state,channel,mailbox,customer,email,assignee,tags,first,started_at,due_at,ended_at,ending,"
         "wall_us,business_us,target_us,met,agent,rating\r\n";
}

std::string to_csv(const ListedWait& wait) {
  const store::TicketOfWait& known = wait.ticket;
  const store::Ticket& ticket = known.ticket;
  const MeasuredWait& measured = wait.measured;
  const auto time = [](std::optional<Instant> t) { return t ? to_rfc3339(*t) : std::string(); };
  return fmt::format(
      "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", ticket.id.value, csv_text(ticket.subject),
      name(ticket.summary.state), name(ticket.channel), ticket.mailbox.value, csv_text(known.customer_name),
      csv_text(known.customer_email), ticket.summary.assignee ? std::to_string(ticket.summary.assignee.value) : "",
      csv_text(fmt::format("{}", fmt::join(ticket.tags, " "))), measured.first, time(measured.started_at),
      time(wait.due_at), time(wait.ended_at), name(measured.ending), measured.wall.count(), measured.business.count(),
      measured.target.count(), told_met(wait, ""), agent_id(wait), name(wait.rated));
}

}  // namespace fifteen::desk
