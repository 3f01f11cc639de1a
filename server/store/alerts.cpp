#include "server/store/alerts.hpp"

#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

void save(Session& sql, MessageId wait, const AlertPlan& plan) {
  sql.run(
      "UPDATE wait_alerts SET at_50 = :at_50, at_80 = :at_80, at_100 = :at_100, told = :told, next_at = :next "
      "WHERE started_by_message = :wait",
      {{"at_50", plan.at[0]},
       {"at_80", plan.at[1]},
       {"at_100", plan.at[2]},
       {"told", plan.told},
       {"next", plan.next()},
       {"wait", wait}});
}

}  // namespace

void add_alerts(Session& sql, MessageId wait, const AlertPlan& plan) {
  sql.add_row("wait_alerts", {{"started_by_message", wait},
                              {"at_50", plan.at[0]},
                              {"at_80", plan.at[1]},
                              {"at_100", plan.at[2]},
                              {"told", plan.told},
                              {"next_at", plan.next()}});
}

void keep_alerts(Session& sql, MessageId wait, const AlertTimes& times) {
  const auto told =
      sql.one<int>("SELECT told FROM wait_alerts WHERE started_by_message = :wait", {{"wait", wait}});  // primary key
  if (told)
    save(sql, wait, {.at = times, .told = std::get<0>(*told)});
  else
    add_alerts(sql, wait, {.at = times});
}

void stop_alerts(Session& sql, MessageId wait) {
  if (sql.run("DELETE FROM wait_alerts WHERE started_by_message = :wait AND told = 0", {{"wait", wait}})) return;
  sql.run("UPDATE wait_alerts SET next_at = NULL WHERE started_by_message = :wait", {{"wait", wait}});
}

void remove_alerts(Session& sql, MessageId wait) {
  sql.run("DELETE FROM wait_alerts WHERE started_by_message = :wait", {{"wait", wait}});
}

void count_alerts_as_told(Session& sql, MessageId wait, Instant now) {
  const auto row = sql.one<std::optional<Instant>, std::optional<Instant>, std::optional<Instant>, int>(
      "SELECT at_50, at_80, at_100, told FROM wait_alerts WHERE started_by_message = :wait AND next_at <= :now",
      {{"wait", wait}, {"now", now}});
  if (!row) return;
  const auto& [half, most, full, told] = *row;
  AlertPlan plan{.at = {half, most, full}, .told = told};
  plan.count_as_told(now);
  save(sql, wait, plan);
}

std::vector<DueAlert> claim_alerts(Session& sql, Instant now, int most) {
  std::vector<DueAlert> claimed;
  // Index wait_alerts_next.
  for (auto& [wait, at_50, at_80, at_100, told, next_at, ticket, subject, customer, assignee] :
       sql.all<MessageId, std::optional<Instant>, std::optional<Instant>, std::optional<Instant>, int, Instant,
               TicketId, std::string, std::string, AgentId>(
           "SELECT a.started_by_message, a.at_50, a.at_80, a.at_100, a.told, a.next_at, w.ticket_id, t.subject, "
           "COALESCE(NULLIF(c.name, ''), c.email, ''), t.assignee_id FROM wait_alerts a" +
               by_index("wait_alerts_next", sql.backend()) +
               " JOIN waits w ON w.started_by_message = a.started_by_message JOIN tickets t ON t.id = w.ticket_id "
               "JOIN customers c ON c.id = t.customer_id WHERE a.next_at <= :now ORDER BY a.next_at LIMIT :most",
           {{"now", now}, {"most", most}})) {
    AlertPlan plan{.at = {at_50, at_80, at_100}, .told = told};
    plan.told = plan.due(now).value_or(told);
    const bool ours = sql.run(
        "UPDATE wait_alerts SET told = :told, next_at = :next WHERE started_by_message = :wait AND told = :was_told "
        "AND next_at = :was_next",
        {{"told", plan.told}, {"next", plan.next()}, {"wait", wait}, {"was_told", told}, {"was_next", next_at}});
    if (ours) claimed.push_back({wait, ticket, plan.told, next_at, std::move(subject), std::move(customer), assignee});
  }
  return claimed;
}

std::optional<Instant> next_alert(Session& sql) {
  const auto row =
      sql.one<Instant>("SELECT next_at FROM wait_alerts WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1");
  if (!row) return {};
  return std::get<0>(*row);
}

}  // namespace fifteen::store
