#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/desk/history_record.hpp"
#include "server/desk/ticket_clock.hpp"
#include "server/domain/fact.hpp"
#include "server/store/events.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"

namespace fifteen::desk {

// Writes checked history records into the desk, inside one transaction. What an earlier import of the same source
// brought is passed over; nothing is sent.
class HistoryWriter {
 public:
  HistoryWriter(store::Session& sql, std::string source, Instant now);

  // False when it was there already.
  bool write(const HistoryRecord& record);
  // Reckons the waits of every ticket that was touched. Call it last.
  void finish();

 private:
  bool write(const HistorySchedule& schedule);
  bool write(const HistoryMailbox& mailbox);
  bool write(const HistoryTarget& target);
  bool write(const HistoryAgent& agent);
  bool write(const HistoryCustomer& customer);
  bool write(const HistoryArticle& article);
  bool write(const HistoryTicket& ticket);
  bool write(const HistoryMessage& message);
  bool write(const HistoryClose& close);
  bool write(const HistoryReopen& reopen);
  bool write(const HistoryAssign& assign);
  bool write(const HistoryTag& tag);
  bool write(const HistorySpam& spam);
  bool write(const HistoryMerge& merge);
  bool write(const HistoryUnmerge& unmerge);
  bool write(const HistorySplit& split);
  bool write(const HistoryBounce& bounce);
  bool write(const HistoryUndo& undo);
  bool write(const HistoryRating& rating);

  std::int64_t find(std::string_view kind, const std::string& id);
  // For references, which the check has found good.
  std::int64_t need(std::string_view kind, const std::string& id);
  bool remember(std::string_view kind, const std::string& id, std::int64_t ours);
  // A record without an id is known by its content. True when this one is new.
  bool is_new(const HistoryRecord& record);

  Fact fact_of(const HistoryEvent& event, FactKind kind);
  Fact fact_by(const HistoryEvent& event, FactKind kind, const HistoryActor& by);
  bool add(const Fact& fact, const Traits& extra, std::int64_t actor_id = 0);
  bool add(store::Event event, const Traits& extra);
  void name_author(store::Message& message, const HistoryMessage& line);
  void unite(TicketId a, TicketId b);
  // Running waits that are here already are held anew by the server.
  void promises_changed(const std::function<bool(const store::Mailbox&)>& concerns);

  store::Session& sql_;
  std::string source_;
  Instant now_;
  std::map<TicketId, Touched> touched_;
};

}  // namespace fifteen::desk
