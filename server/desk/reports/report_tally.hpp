#pragma once
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/desk/reports/report_filter.hpp"

namespace fifteen::desk {

// One line of a report: the waits that share a key.
struct ReportLine {
  std::string key;
  Figures figures;
  std::int64_t ratings = 0, kudos = 0;
};

// Answered waits by how fast they were, on the wall's clock.
struct KudosBucket {
  std::int64_t answers = 0, ratings = 0, kudos = 0;
};

struct ReportTable {
  Figures total;
  std::array<std::int64_t, wait_bounds.size() + 1> distribution{};
  std::array<KudosBucket, kudos_bounds.size() + 1> kudos;
  std::vector<ReportLine> days, hours, agents, channels, mailboxes, tags, plans;  // days and hours in their order
};

// Counts waits under every key at once. The times are sorted once for all groups: walking through them in that order,
// each group only counts until the ranks of its percentiles come by.
class ReportTally {
 public:
  explicit ReportTally(ClockKind clock);

  // From here on add() speaks of this page.
  void turn_to(const WaitPage& page);
  void add(const WaitPage& page, const SeenWait& seen);
  ReportTable table();  // once

 private:
  static constexpr std::size_t percentile_count = 6;
  // How a wait counts; the first are those that have a time.
  enum class Class : std::uint8_t { missed, met, missed_off_hours, met_off_hours, running, overdue, closed, solved };
  static constexpr std::size_t class_count = 8;
  static Class class_of(const MeasuredWait& wait);

  struct Group {
    std::array<std::uint32_t, class_count> counts{};
    std::uint32_t ratings = 0, kudos = 0;
    // Of the walk: waits seen, where the next percentile lies, which one that is.
    std::uint32_t seen = 0, next = 0;
    std::size_t percentile = 0;
    std::array<std::int64_t, percentile_count> times{};

    void count(Class c, Rated rated);
    std::uint32_t timed() const;
    void begin_walk();
    void pass(std::int64_t time) {
      if (++seen == next) take(time);
    }
    void take(std::int64_t time);
    Figures figures() const;
  };
  // Groups by the key that they tell.
  struct Groups {
    std::vector<std::string> keys;
    std::vector<Group> groups;
    std::unordered_map<std::string, std::uint32_t> known;
    std::uint32_t of(const std::string& key);
    std::vector<ReportLine> lines(bool sort) const;
  };
  // Under which groups a wait counts.
  struct Keys {
    std::uint32_t day, agent, mailbox, plan, tags;
    std::uint8_t hour, channel;
  };
  struct Timed {
    std::uint64_t time;  // ordered as the times are, which may be negative
    std::uint32_t row;
  };
  template <class Visit>
  void each_group(const Keys& keys, Visit visit);
  static void sort(std::vector<Timed>& times);

  const ClockKind clock_;
  Group total_;
  std::array<std::int64_t, wait_bounds.size() + 1> distribution_{};
  std::array<KudosBucket, kudos_bounds.size() + 1> kudos_;
  Groups days_, agents_, channels_, mailboxes_, plans_, tags_;
  std::array<Group, 168> hours_;
  std::vector<std::vector<std::uint32_t>> tag_sets_;  // each by the tags in it
  std::unordered_map<std::string, std::uint32_t> known_tag_sets_;
  PerFacet<std::vector<std::uint32_t>> groups_of_place_;  // of the page at hand
  std::optional<std::chrono::local_days> day_;            // of the last wait, and its group
  std::uint32_t day_group_ = 0;
  std::vector<Keys> keys_;
  std::vector<Timed> times_;
};

}  // namespace fifteen::desk
