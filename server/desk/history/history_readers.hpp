#pragma once
#include "server/desk/history/history_fields.hpp"
#include "server/desk/history/history_record.hpp"

// One reader a type of line, for parse_history_line. Complaints stay with `fields`.
namespace fifteen::desk {

HistoryRecord read_schedule(HistoryFields& fields);
HistoryRecord read_mailbox(HistoryFields& fields);
HistoryRecord read_target(HistoryFields& fields);
HistoryRecord read_agent(HistoryFields& fields);
HistoryRecord read_customer(HistoryFields& fields);
HistoryRecord read_article(HistoryFields& fields);

HistoryRecord read_ticket(HistoryFields& fields);
HistoryRecord read_message(HistoryFields& fields);
HistoryRecord read_close(HistoryFields& fields);
HistoryRecord read_reopen(HistoryFields& fields);
HistoryRecord read_assign(HistoryFields& fields);
HistoryRecord read_tag(HistoryFields& fields);
HistoryRecord read_spam(HistoryFields& fields);
HistoryRecord read_unspam(HistoryFields& fields);
HistoryRecord read_merge(HistoryFields& fields);
HistoryRecord read_unmerge(HistoryFields& fields);
HistoryRecord read_split(HistoryFields& fields);
HistoryRecord read_bounced(HistoryFields& fields);
HistoryRecord read_undo(HistoryFields& fields);
HistoryRecord read_rating(HistoryFields& fields);

}  // namespace fifteen::desk
