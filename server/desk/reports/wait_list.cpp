#include <algorithm>

#include "server/desk/reports/response_times.hpp"

namespace fifteen::desk {
namespace {

// Keeps the first `limit` in an order.
class First {
 public:
  First(WaitOrder order, std::size_t limit) : order_(order), limit_(limit) {}
  bool is_before(const WaitPlace& a, const WaitPlace& b) const {
    return order_ == WaitOrder::oldest_first ? a < b : b < a;
  }
  bool is_full() const { return waits_.size() >= limit_; }
  bool has_room_for(const WaitPlace& place) const { return !last_ || is_before(place, *last_); }
  void add(ListedWait wait) {
    waits_.push_back(std::move(wait));
    if (waits_.size() >= 2 * limit_ + 1000) settle();
  }
  std::vector<ListedWait> take() {
    settle();
    return std::move(waits_);
  }

 private:
  void settle() {
    std::ranges::sort(waits_, [&](const ListedWait& a, const ListedWait& b) {
      return is_before({a.measured.started_at, a.started_by}, {b.measured.started_at, b.started_by});
    });
    if (waits_.size() < limit_) return;
    waits_.resize(limit_);
    last_ = WaitPlace{waits_.back().measured.started_at, waits_.back().started_by};
  }

  const WaitOrder order_;
  const std::size_t limit_;
  std::vector<ListedWait> waits_;
  std::optional<WaitPlace> last_;  // of those that were settled, once they are enough
};

}  // namespace

WaitList list_waits(store::Session& sql, const ResponseTimesWish& wish, WaitOrder order, std::optional<WaitPlace> after,
                    std::size_t limit) {
  Promises promises(sql);
  ReportPeriod period = wish.period;
  if (after && order == WaitOrder::oldest_first) period.from = std::max(period.from, after->started_at);
  if (after && order == WaitOrder::latest_first) period.to = std::min(period.to, after->started_at + Microseconds{1});
  WaitSieve sieve(wish.filter, period, promises);
  First first(order, limit + 1);
  const PageRequest request{
      .period = period, .is_present = wish.is_present, .reckoned = wish.reckoned, .order = order, .is_enough = [&] {
        return first.is_full();
      }};
  each_page(sql, request, promises, [&](const WaitPage& page, std::span<const MessageId> outdated) {
    sieve.each(page, outdated, [&](const SeenWait& seen) {
      const WaitPlace place{seen.measured.started_at, page.started_by(seen.row)};
      if ((after && !first.is_before(*after, place)) || !first.has_room_for(place)) return;
      ListedWait wait{.started_by = place.started_by,
                      .measured = seen.measured,
                      .agent = page.texts(Facet::agent)[page.place(seen.row, Facet::agent)],
                      .rated = seen.rated,
                      .due_at = {},
                      .ended_at = {},
                      .ticket = {}};
      if (seen.measured.ending != Ending::running) wait.ended_at = place.started_at + seen.measured.wall;
      first.add(std::move(wait));
    });
  });
  WaitList list{.waits = first.take(), .next = {}};
  if (list.waits.size() > limit) {
    list.waits.pop_back();
    list.next = WaitPlace{list.waits.back().measured.started_at, list.waits.back().started_by};
  }
  std::vector<MessageId> starts;
  for (const ListedWait& wait : list.waits) starts.push_back(wait.started_by);
  auto tickets = store::tickets_of_waits(sql, starts);
  for (ListedWait& wait : list.waits) {
    wait.ticket = tickets[wait.started_by];
    wait.due_at = promises.schedule(wait.ticket.ticket.mailbox).due_at(wait.measured.started_at, wait.measured.target);
  }
  return list;
}

}  // namespace fifteen::desk
