#pragma once
#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "server/desk/history/history_names.hpp"
#include "server/desk/history/history_record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/domain/fact.hpp"
#include "server/store/agents.hpp"
#include "server/store/customers.hpp"
#include "server/store/events.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"

namespace fifteen::desk {

// A checked record, and by what it is known when it has no id of its own.
struct ImportedRecord {
  HistoryRecord record;
  std::string content_key;
};

// Writes a chunk of history records into the desk, inside one transaction. What an earlier import of the same source
// brought is passed over; nothing is sent. What the chunk names is read first and at once, so that a record costs few
// statements.
class HistoryWriter {
 public:
  HistoryWriter(store::Session& sql, std::string source, Instant now, std::span<const ImportedRecord> chunk);

  // All of the chunk, and the waits of every ticket it touches. How many records are new.
  std::size_t write();

 private:
  // False when it was there already.
  bool write(const ImportedRecord& line);
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

  void read_what_is_named();
  std::int64_t find(HistoryThing thing, const std::string& id) const;
  // For references, which the check has found good.
  std::int64_t need(HistoryThing thing, const std::string& id) const;
  void remember(HistoryThing thing, const std::string& id, std::int64_t ours);
  // Whether the record in hand, which has no id, is new.
  bool is_new();
  const store::Agent& agent(AgentId id);
  CustomerId requester(TicketId ticket) const { return requesters_.at(ticket); }
  const store::Customer& customer(CustomerId id) const { return customers_.at(id); }
  // The waits of every ticket touched so far.
  void settle();

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
  std::span<const ImportedRecord> chunk_;
  const ImportedRecord* line_ = nullptr;  // in hand

  std::unordered_map<std::string, std::int64_t> ids_[history_things];
  std::unordered_set<std::string> contents_;
  std::map<std::string, CustomerId> owners_;  // of addresses
  std::map<CustomerId, store::Customer> customers_;
  std::map<AgentId, store::Agent> agents_;
  std::map<TicketId, CustomerId> requesters_;
  MailboxPromises promises_;
  std::map<TicketId, Touched> touched_;
  bool has_merged_ = false;  // since the waits were settled
};

}  // namespace fifteen::desk
