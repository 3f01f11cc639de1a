#include "server/desk/history/history_export.hpp"

#include <algorithm>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>

#include "server/desk/history/history_format.hpp"
#include "server/desk/history/history_reader.hpp"
#include "server/store/database.hpp"
#include "server/store/history_rows.hpp"

namespace fifteen::desk {
namespace {

// Records a job: a read must not hold a connection for long.
constexpr int batch = 200;

void write(std::ostream& out, const std::string& lines) {
  out << lines;
  if (!out) throw std::runtime_error("the export can't be written: is the disk full, or its reader gone?");
}

std::string to_lines(const std::vector<HistoryRecord>& records) {
  std::string lines;
  for (const HistoryRecord& record : records) (lines += to_history_line(record)) += '\n';
  return lines;
}

}  // namespace

void export_history(store::Database& db, std::ostream& out) {
  const auto places = db.read_now([](store::Session& sql) { return store::places_of_all_events(sql); });
  write(out, to_lines(db.read_now([](store::Session& sql) { return HistoryReader(sql).standing(); })));
  for (CustomerId after;;) {
    const auto customers = db.read_now([&](store::Session& sql) {
      CustomerId at = after;
      auto records = HistoryReader(sql).customers(at, batch);
      return std::pair(std::move(records), at);
    });
    if (customers.first.empty()) break;
    write(out, to_lines(customers.first));
    after = customers.second;
  }
  for (std::span rest(places); !rest.empty();) {
    const auto part = rest.first(std::min<std::size_t>(rest.size(), batch));
    write(out, db.read_now([&](store::Session& sql) {
      HistoryReader reader(sql);
      std::string lines;
      for (const store::EventPlace& place : part)
        if (const auto record = reader.event(place.id)) (lines += to_history_line(*record)) += '\n';
      return lines;
    }));
    rest = rest.subspan(part.size());
  }
  out.flush();
  if (!out) throw std::runtime_error("the export can't be written: is the disk full, or its reader gone?");
}

}  // namespace fifteen::desk
