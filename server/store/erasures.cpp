#include "server/store/erasures.hpp"

#include <array>

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

constexpr std::array<std::string_view, 5> kinds = {"address", "name", "id", "draft", "blob"};

constexpr std::string_view columns =
    "SELECT customer_id, asked_by, asked_at, step, after_id, finished_at FROM erasures WHERE ";

std::optional<Erasure> first(Session& sql, std::string_view where, std::initializer_list<Bind> binds) {
  auto row = sql.one<CustomerId, AgentId, Instant, std::string, std::int64_t, std::optional<Instant>>(
      std::string(columns) + std::string(where), binds);
  if (!row) return {};
  auto& [customer, by, asked_at, step, after, finished_at] = *row;
  return Erasure{customer, by, asked_at, std::move(step), after, finished_at};
}

std::string_view name(Trace kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

}  // namespace

void add_erasure(Session& sql, const Erasure& erasure) {
  sql.run("INSERT INTO erasures (customer_id, asked_by, asked_at, step) VALUES (:customer, :by, :at, :step)",
          {{"customer", erasure.customer}, {"by", erasure.by}, {"at", erasure.asked_at}, {"step", erasure.step}});
}

std::optional<Erasure> find_erasure(Session& sql, CustomerId customer) {
  return first(sql, "customer_id = :customer", {{"customer", customer.value}});
}

std::optional<Erasure> next_erasure(Session& sql) {
  // Index erasures_finished.
  return first(sql, "finished_at IS NULL ORDER BY customer_id LIMIT 1", {});
}

std::optional<Instant> last_erasure_finished(Session& sql) {
  const auto row = sql.one<Instant>(
      "SELECT finished_at FROM erasures WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1");
  if (!row) return {};
  return std::get<0>(*row);
}

void go_on_erasing(Session& sql, const Erasure& from, std::string_view step, std::int64_t after) {
  if (sql.run("UPDATE erasures SET step = :step, after_id = :after WHERE customer_id = :customer AND step = :was AND "
              "after_id = :before AND finished_at IS NULL",
              {{"step", step},
               {"after", after},
               {"customer", from.customer},
               {"was", from.step},
               {"before", from.after}}) == 0)
    throw DatabaseError(DatabaseError::Kind::retry, "another node went on with the erasure");
}

void finish_erasure(Session& sql, const Erasure& from, Instant now) {
  go_on_erasing(sql, from, "", 0);
  sql.run("UPDATE erasures SET finished_at = :now WHERE customer_id = :customer",
          {{"now", now}, {"customer", from.customer}});
  sql.run("DELETE FROM erasure_traces WHERE customer_id = :customer", {{"customer", from.customer}});
}

void add_trace(Session& sql, CustomerId customer, Trace kind, std::string_view value) {
  if (!value.empty())
    sql.add_row_if_new("erasure_traces",
                       {{"customer_id", customer}, {"kind", name(kind)}, {"value", clip(value, 300)}});
}

void drop_trace(Session& sql, CustomerId customer, Trace kind, std::string_view value) {
  sql.run("DELETE FROM erasure_traces WHERE customer_id = :customer AND kind = :kind AND value = :value",
          {{"customer", customer}, {"kind", name(kind)}, {"value", value}});
}

std::vector<std::string> traces_of(Session& sql, CustomerId customer, Trace kind, int limit) {
  std::vector<std::string> values;
  for (auto& [value] : sql.all<std::string>("SELECT value FROM erasure_traces WHERE customer_id = :customer AND kind = "
                                            ":kind ORDER BY value LIMIT :limit",
                                            {{"customer", customer}, {"kind", name(kind)}, {"limit", limit}}))
    values.push_back(std::move(value));
  return values;
}

}  // namespace fifteen::store
