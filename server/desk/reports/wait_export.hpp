#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/reports/response_times.hpp"

namespace fifteen::desk {

// The waits of a wish as text, the earliest start first, piece by piece: each piece is a job of its own, so that an
// export of any length holds neither the database nor memory. A wait that changes meanwhile is told as it is when its
// turn comes; none is told twice or left out.
class WaitExport {
 public:
  enum class Format { csv, json_lines };
  WaitExport(const ResponseTimesWish& wish, Format format, std::size_t waits_a_piece = 2000)
      : wish_(wish), format_(format), waits_a_piece_(waits_a_piece) {}

  struct Piece {
    std::string text;
    std::optional<WaitPlace> next;   // none: this was the last one
    std::vector<WaitPage> reckoned;  // of the first piece of a report of the past: 20 bytes a wait
  };
  // A job may run twice: nothing changes until its piece is taken.
  Piece read(store::Session& sql) const;
  std::string take(Piece piece);
  bool is_done() const { return is_done_; }

 private:
  ResponseTimesWish wish_;
  Format format_;
  std::size_t waits_a_piece_;
  std::vector<WaitPage> reckoned_;
  std::optional<WaitPlace> after_;
  bool has_begun_ = false;
  bool is_done_ = false;
};

}  // namespace fifteen::desk
