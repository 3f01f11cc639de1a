#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "server/base/clock.hpp"
#include "server/store/connection.hpp"

namespace fifteen::test {

// Fills a fresh desk with waits, one a ticket, spread evenly over the years before `until`, a million each, by
// statements that make many rows at once: 20 agents, 3 mailboxes of which one has office hours, 10,000 customers of
// three plans, 24 sets of tags, five channels, every ending, one answer in seven rated. Of messages there is but what a
// list of waits asks for.
inline void fill_waits(const store::DatabaseOptions& options, std::int64_t waits, Instant until) {
  const std::int64_t all_us = std::max<std::int64_t>(1, waits / 1'000'000) * 365 * 86'400'000'000LL;
  const std::int64_t step = all_us / waits, start = to_us(until) - all_us;
  const auto sql = store::connect(options, true);
  if (sql->backend() == store::Backend::mariadb)
    sql->execute("SET SESSION sql_mode = CONCAT(@@sql_mode, ',PIPES_AS_CONCAT')");
  sql->execute("CREATE TABLE numbers (i BIGINT PRIMARY KEY)");
  sql->begin();
  std::string thousand = "INSERT INTO numbers (i) VALUES (1)";
  for (int i = 2; i <= 1000; ++i) thousand += fmt::format(",({})", i);
  sql->execute(thousand);
  for (std::int64_t have = 1000; have < waits; have *= 10)
    sql->execute(
        fmt::format("INSERT INTO numbers (i) SELECT a.i + {0} * b.i FROM numbers b CROSS JOIN numbers a "
                    "WHERE b.i <= 9 AND a.i <= {0} AND a.i + {0} * b.i <= {1}",
                    have, waits));
  sql->commit();
  const auto rows = [&](const std::string& into, const std::string& values, std::int64_t count) {
    for (std::int64_t from = 0; from < count; from += 100'000) {
      sql->begin();
      sql->execute(fmt::format("INSERT INTO {} SELECT {} FROM numbers WHERE i > {} AND i <= {} ORDER BY i", into,
                               values, from, std::min(count, from + 100'000)));
      sql->commit();
    }
  };
  // A number below n that looks chosen at random.
  const auto some = [](int n, int salt) { return fmt::format("(i * 7919 + {} + i * 31 % 1009) % {}", salt * 977, n); };
  const std::string at = fmt::format("({} + i * {})", start, step);
  // Most answers within half an hour, some after hours.
  const std::string wall =
      fmt::format("((({0} + 1) * 1000003 * CASE WHEN {1} = 0 THEN 30 ELSE 1 END))", some(1800, 1), some(9, 2));
  const std::string ending = fmt::format(
      "CASE {} WHEN 0 THEN 'closed_unanswered' WHEN 1 THEN 'self_solved' ELSE CASE WHEN i > {} AND {} = 0 THEN "
      "'running' ELSE 'answered' END END",
      some(40, 3), waits - waits / 50, some(9, 4));
  rows("agents (email, name, role, active, created_at)",
       fmt::format("'a' || i || '@desk.example', 'Agent ' || i, 'agent', 1, {}", start), 20);
  sql->begin();
  sql->execute(fmt::format("INSERT INTO schedules (name, created_at) VALUES ('Office', {})", start));
  sql->execute(
      R"(INSERT INTO schedule_versions (schedule_id, valid_from, zone, weekly, holidays) VALUES (1, 0, 'Europe/Rome',
    '[{"day":"mon","start":"09:00","end":"18:00"},{"day":"tue","start":"09:00","end":"18:00"},{"day":"wed","start":"09:00","end":"18:00"},{"day":"thu","start":"09:00","end":"18:00"},{"day":"fri","start":"09:00","end":"18:00"}]',
    '["2026-01-01"]'))");
  sql->commit();
  rows("mailboxes (address, name, schedule_id, signature, created_at)",
       fmt::format("'help' || i || '@desk.example', 'Help ' || i, CASE WHEN i = 3 THEN 1 END, '', {}", start), 3);
  rows(
      "customers (id, email, name, traits, created_at)",
      fmt::format(
          R"(i, 'joe' || i || '@client.example', 'Joe ' || i, CASE i % 3 WHEN 0 THEN '{{}}' WHEN 1 THEN '{{"plan":"free"}}' ELSE '{{"plan":"pro"}}' END, {})",
          start),
      10'000);
  rows(
      "tickets (id, mailbox_id, customer_id, subject, channel, started_by, created_at, version, state, shelf, "
      "assignee_id, urgency, updated_at, last_customer_at, preview, tags)",
      fmt::format(
          "i, {} + 1, {} + 1, 'A question', {}, 'customer', {}, 3, 'closed', 'closed', {} + 1, i, {}, {}, '', "
          "CASE {} WHEN 0 THEN '' WHEN 1 THEN 'billing' || char(10) || 'late' ELSE 'tag' || ({}) END",
          some(3, 5), some(10'000, 6),
          fmt::format(
              "CASE {} WHEN 0 THEN 'form' WHEN 1 THEN 'widget' WHEN 2 THEN 'api' WHEN 3 THEN 'phone' ELSE 'email' END",
              some(8, 7)),
          at, some(20, 8), at, at, some(5, 9), some(22, 10)),
      waits);
  rows(
      "messages (id, ticket_id, kind, author_kind, author_name, author_email, at, subject, to_json, cc_json, "
      "rfc_message_id, why, text, quoted, html)",
      fmt::format("i, i, 'message', 'customer', '', '', {}, '', '[]', '[]', '', '', '', '', ''", at), waits);
  rows(
      "waits (ticket_id, started_by_message, is_first, started_at, due_at, target_us, ended_at, ending, ended_by, "
      "ended_by_message, wall_us, business_us, mailbox_id, channel)",
      fmt::format("i, i, CASE WHEN {0} < 3 THEN 0 ELSE 1 END, {1}, {1} + 900000000, 900000000, CASE WHEN ({2}) = "
                  "'running' THEN NULL ELSE {1} + {3} END, {2}, {4} + 1, 100000000 + i, {3}, {3}, {5} + 1, 'email'",
                  some(10, 11), at, ending, wall, some(20, 12), some(3, 5)),
      waits);
  rows("ratings (ticket_id, message_id, at, score, comment)",
       fmt::format("i * 7, 100000000 + i * 7, {}, CASE i % 3 WHEN 0 THEN 'bad' WHEN 1 THEN 'good' ELSE 'kudos' END, ''",
                   start),
       waits / 7);
  sql->execute("DROP TABLE numbers");
}

}  // namespace fifteen::test
