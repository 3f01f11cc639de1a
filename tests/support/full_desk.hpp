#pragma once
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/store/connection.hpp"

namespace fifteen::test {

// Fills a fresh desk with tickets of three months, one question and one answer each, a file with every
// eighth, by statements that make many rows
// at once: agent 1, mailbox 1, a customer for every four tickets. The newest 3,000 wait for a first answer. What is
// written holds together: `fifteen check` finds nothing.
inline void fill_desk(const store::DatabaseOptions& options, int tickets) {
  constexpr std::int64_t answer_us = 600'000'000, target_us = 900'000'000, months_us = 90 * 86'400'000'000;
  const std::int64_t step = months_us / tickets, start = to_us(SystemClock().now()) - months_us;
  const auto sql = store::connect(options, true);
  if (sql->backend() == store::Backend::mariadb)
    sql->execute("SET SESSION sql_mode = CONCAT(@@sql_mode, ',PIPES_AS_CONCAT')");
  sql->execute("CREATE TABLE numbers (i INTEGER PRIMARY KEY)");
  sql->begin();
  std::string thousand = "INSERT INTO numbers (i) VALUES (1)";
  for (int i = 2; i <= 1000; ++i) thousand += fmt::format(",({})", i);
  sql->execute(thousand);
  if (tickets > 1000)
    sql->execute(
        fmt::format("INSERT INTO numbers (i) SELECT a.i + 1000 * b.i FROM numbers b CROSS JOIN numbers a "
                    "WHERE b.i <= {} AND a.i + 1000 * b.i <= {}",
                    tickets / 1000, tickets));

  const std::string at = fmt::format("({} + i * {})", start, step), answered = fmt::format("({} + {})", at, answer_us);
  const std::string closed = fmt::format("i <= {}", tickets - 3000);
  const std::string words = "Could you tell me how this is meant to work, and what I should do about it now? ";
  // Half of a text is the same in all, half are words of its own, of some 30,000.
  std::string body = fmt::format("'{0}{0}{0}{0}", words);
  for (int k = 1; k <= 30; ++k) body += fmt::format("w' || (i * 7919 % {}) || ' ", 1000 * k + 7);
  body += "'";
  const auto either = [&](std::string_view if_closed, std::string_view if_open) {
    return fmt::format("CASE WHEN {} THEN {} ELSE {} END", closed, if_closed, if_open);
  };
  const auto rows = [&](const std::string& into, const std::string& values, const std::string& which = "1 = 1") {
    sql->execute(fmt::format("INSERT INTO {} SELECT {} FROM numbers WHERE {} ORDER BY i", into, values, which));
  };
  sql->execute(
      fmt::format("INSERT INTO agents (email, name, role, active, created_at) VALUES ('ana@desk.example', "
                  "'Ana', 'agent', 1, {})",
                  start));
  sql->execute(
      fmt::format("INSERT INTO mailboxes (address, name, signature, created_at) VALUES ('help@desk.example', "
                  "'Help', '', {})",
                  start));
  rows("customers (id, email, name, traits, created_at)",
       fmt::format("i, 'joe' || i || '@client.example', 'Joe ' || i, '{{}}', {}", start),
       fmt::format("i <= {}", tickets / 4));
  rows("customer_addresses (address, customer_id)", "'joe' || i || '@client.example', i",
       fmt::format("i <= {}", tickets / 4));
  const std::string customer = fmt::format("(i % {} + 1)", tickets / 4);
  rows(
      "tickets (id, mailbox_id, customer_id, subject, channel, started_by, created_at, version, state, closed_at, "
      "shelf, "
      "assignee_id, wait_kind, wait_started_at, wait_due_at, wait_target_us, urgency, updated_at, last_customer_at, "
      "last_reply_us, last_replier_id, preview, tags)",
      fmt::format(
          "i, 1, {}, 'A question about ' || i, 'email', 'customer', {}, 3, {}, {}, {}, {}, {}, {}, {}, {}, {}, "
          "{}, {}, {}, {}, '{}', ''",
          customer, at, either("'closed'", "'open'"), either(answered, "NULL"), either("'closed'", "'open'"),
          either("1", "CASE WHEN i % 3 = 0 THEN 1 END"), either("0", "1"), either("NULL", at),
          either("NULL", fmt::format("{} + {}", at, target_us)), either("NULL", std::to_string(target_us)),
          either(fmt::format("{} - {}", std::int64_t{1} << 61, answered), fmt::format("{} + {}", at, target_us)), at,
          at, either(std::to_string(answer_us), "NULL"), either("1", "NULL"), words));
  rows("participants (ticket_id, address, role)",
       fmt::format("i, 'joe' || {} || '@client.example', 'requester'", customer));
  const std::string message =
      "messages (id, ticket_id, kind, author_kind, author_id, author_name, author_email, at, subject, to_json, "
      "cc_json, "
      "rfc_message_id, why, ticket_version, text, quoted, html)";
  rows(
      message,
      fmt::format("2 * i - 1, i, 'message', 'customer', {}, 'Joe', 'joe@client.example', {}, 'A question', '[]', '[]', "
                  "i || '@client.example', 'A new mail', 2, {}, '', ''",
                  customer, at, body));
  rows(message,
       fmt::format("2 * i, i, 'reply', 'agent', 1, 'Ana', 'ana@desk.example', {}, 'An answer', '[]', '[]', "
                   "i || '@desk.example', '', 3, {}, '', ''",
                   answered, body),
       closed);
  rows(
      "mail_queue (message_id, ticket_id, kind, envelope_from, recipients_json, subject, rfc_message_id, body, state, "
      "not_before, attempts, last_error, created_at, finished_at)",
      fmt::format("2 * i, i, 'reply', 'help@desk.example', '[]', 'An answer', i || '@desk.example', '', 'sent', {0}, "
                  "1, '', {0}, {0}",
                  answered),
      closed);
  sql->execute(fmt::format("INSERT INTO blobs (sha256, chunk, bytes) VALUES ('{}', 0, 'x')", sha256_hex("x")));
  rows("attachments (message_id, name, content_type, content_id, is_inline, size, sha256, created_at)",
       fmt::format("2 * i - 1, 'x.txt', 'text/plain', '', 0, 1, '{}', {}", sha256_hex("x"), at), "i % 8 = 0");
  const std::string event = "events (at, recorded_at, kind, ticket_id, message_id, actor_kind, actor_id, data)";
  rows(event, fmt::format("{0}, {0}, 'opened', i, NULL, 'customer', {1}, '{{}}'", at, customer));
  rows(event,
       fmt::format(R"({0}, {0}, 'message', i, 2 * i - 1, 'customer', {1}, '{{"kind":"message"}}')", at, customer));
  rows(event, fmt::format(R"({0}, {0}, 'message', i, 2 * i, 'agent', 1, '{{"kind":"reply","closes":true}}')", answered),
       closed);
  rows(
      "waits (ticket_id, started_by_message, is_first, started_at, due_at, target_us, ended_at, ending, ended_by, "
      "ended_by_message, wall_us, business_us, mailbox_id, channel)",
      fmt::format("i, 2 * i - 1, 1, {0}, {0} + {1}, {1}, {2}, {3}, {4}, {5}, {6}, {6}, 1, 'email'", at, target_us,
                  either(answered, "NULL"), either("'answered'", "'running'"), either("1", "NULL"),
                  either("2 * i", "NULL"), either(std::to_string(answer_us), "NULL")));
  sql->commit();
  sql->execute("DROP TABLE numbers");
}

}  // namespace fifteen::test
