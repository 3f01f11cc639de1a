#pragma once
#include <string>
#include <vector>

#include "server/domain/alert.hpp"
#include "server/store/session.hpp"

// The alerts of waits, kept with them in the same transaction (store/waits.hpp calls the first three).
namespace fifteen::store {

// Of a wait that is added.
void add_alerts(Session& sql, MessageId wait, const AlertPlan& plan);
// Of one that runs on or again, with what was told of it before.
void keep_alerts(Session& sql, MessageId wait, const AlertTimes& times);
// It ended: nothing is due, what was told is remembered.
void stop_alerts(Session& sql, MessageId wait);
// The wait never was.
void remove_alerts(Session& sql, MessageId wait);
// What was due up to now counts as told: an import tells of nothing that has been.
void count_alerts_as_told(Session& sql, MessageId wait, Instant now);

// An alert that is to be told now, with what to tell of its ticket.
struct DueAlert {
  MessageId wait;
  TicketId ticket;
  int level = 0;
  Instant at;  // when it fell due
  std::string subject, customer;
  AgentId assignee;
};
// Takes up to `most` due alerts, so that they are this transaction's alone to tell: each row goes on only if it is
// still as it was read, whatever other nodes do meanwhile.
std::vector<DueAlert> claim_alerts(Session& sql, Instant now, int most);
// When the next falls due; none: nothing waits.
std::optional<Instant> next_alert(Session& sql);

}  // namespace fifteen::store
