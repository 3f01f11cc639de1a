#pragma once
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "server/base/ids.hpp"
#include "server/domain/statistics.hpp"
#include "server/domain/words.hpp"

namespace fifteen::desk {

// How a customer rated an answer; the last time, if she did so twice.
enum class Rated { no, bad, good, kudos };
Rated parse_rated(std::string_view score);
std::string_view name(Rated rated);  // "" for no

// What a report may group and filter by, as the key that it tells: an agent's id or "unassigned" (of an answered wait
// the replier, of others the ticket's assignee), a channel, a mailbox's id, the customer's plan or "none", the ticket's
// tags, one a line.
enum class Facet { agent, channel, mailbox, plan, tags };
inline constexpr std::size_t facet_count = 5;
template <class T>
using PerFacet = std::array<T, facet_count>;

// All that a report asks of a wait. Void waits are none.
struct CountedWait {
  MessageId started_by;
  MeasuredWait measured;  // a running wait is measured when it is looked at: its times are kept as 0
  PerFacet<std::string> facets;
  Rated rated = Rated::no;

  friend bool operator==(const CountedWait&, const CountedWait&) = default;
};

// Waits packed by column, in the order of their starts: some 20 bytes each. A column is a lowest value and what each
// row lies above it, in as few bytes as the largest needs; texts are kept once and rows hold their places.
class WaitPage {
 public:
  static constexpr std::size_t most_waits = 1 << 16;
  explicit WaitPage(std::vector<CountedWait> waits);  // at most so many
  // Of any number.
  static std::vector<WaitPage> pack(std::vector<CountedWait> waits);
  WaitPage(WaitPage&&) = default;  // columns point into the bytes
  WaitPage& operator=(WaitPage&&) = default;
  // None: these are not the bytes of a page.
  static std::optional<WaitPage> parse(std::string bytes);
  const std::string& bytes() const { return bytes_; }

  std::size_t size() const { return size_; }
  MessageId started_by(std::size_t row) const { return MessageId(columns_[key][row]); }
  Instant started_at(std::size_t row) const { return from_us(columns_[start][row]); }
  MeasuredWait measured(std::size_t row) const {
    const auto told = columns_[flags][row];
    const std::int64_t wall_us = columns_[wall][row];
    // Unsigned, as bytes of another make may differ by anything.
    const auto business_us = static_cast<std::uint64_t>(wall_us) - static_cast<std::uint64_t>(columns_[closed][row]);
    return {.started_at = started_at(row),
            .first = (told & 8) != 0,
            .ending = static_cast<Ending>(told & 7),
            .wall = Microseconds{wall_us},
            .business = Microseconds{static_cast<std::int64_t>(business_us)},
            .target = Microseconds{columns_[target][row]}};
  }
  Rated rated(std::size_t row) const { return static_cast<Rated>(columns_[flags][row] >> 4 & 3); }
  // Its place among texts(facet).
  std::size_t place(std::size_t row, Facet facet) const {
    return static_cast<std::size_t>(columns_[first_facet + static_cast<std::size_t>(facet)][row]);
  }
  const std::vector<std::string>& texts(Facet facet) const { return texts_[static_cast<std::size_t>(facet)]; }

  std::vector<CountedWait> unpack() const;

 private:
  // closed: wall time outside business hours.
  enum { key, start, wall, closed, target, flags, first_facet, column_count = first_facet + facet_count };
  class Column {
   public:
    Column() = default;
    Column(const char* at, std::uint64_t lowest, unsigned width)
        : at_(at), lowest_(lowest), width_(width), mask_(width == 8 ? ~0ull : (1ull << 8 * width) - 1) {}
    std::int64_t operator[](std::size_t row) const {
      std::uint64_t above;
      std::memcpy(&above, at_ + row * width_, sizeof above);
      return static_cast<std::int64_t>(lowest_ + (above & mask_));
    }

   private:
    const char* at_ = nullptr;
    std::uint64_t lowest_ = 0;
    unsigned width_ = 0;
    std::uint64_t mask_ = 0;
  };

  WaitPage() = default;
  bool read();

  std::string bytes_;
  std::size_t size_ = 0;
  std::array<Column, column_count> columns_;
  PerFacet<std::vector<std::string>> texts_;
};

}  // namespace fifteen::desk
