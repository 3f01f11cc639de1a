#pragma once
#include <optional>
#include <vector>

#include "server/desk/history/history_record.hpp"
#include "server/domain/fact.hpp"
#include "server/store/events.hpp"
#include "server/store/import_ids.hpp"

namespace fifteen::desk {

// Reads the desk's records back as history records: the other way of HistoryWriter.
class HistoryReader {
 public:
  explicit HistoryReader(store::Session& sql) : sql_(sql), ids_(sql) {}

  // Schedules, agents, articles, mailboxes and targets: everything but customers, of whom there may be many.
  std::vector<HistoryRecord> standing();
  // Up to `limit` customers behind `after`, which is moved on.
  std::vector<HistoryRecord> customers(CustomerId& after, int limit);
  // What an event tells; none for one that is no history.
  std::optional<HistoryRecord> event(EventId id);

 private:
  HistoryRecord ticket(const store::Event& event);
  HistoryRecord message(const store::Event& event, const Fact& fact);
  HistoryActor actor(const store::Event& event);
  std::string id(std::string_view kind, std::int64_t number) { return ids_.of(kind, number); }
  template <class Record>
  Record begun(const store::Event& event);

  store::Session& sql_;
  store::OutsideIds ids_;
};

}  // namespace fifteen::desk
