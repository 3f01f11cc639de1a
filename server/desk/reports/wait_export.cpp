#include "server/desk/reports/wait_export.hpp"

namespace fifteen::desk {
WaitExport::Piece WaitExport::read(store::Session& sql) const {
  Piece piece;
  ResponseTimesWish wish = wish_;
  wish.reckoned = reckoned_;
  if (!has_begun_) {
    if (format_ == Format::csv) piece.text = csv_head();
    // To reckon from facts takes all of them, so it is done once.
    if (!wish.is_present) piece.reckoned = reckon_pages(sql, wish.period);
    wish.reckoned = piece.reckoned;
  }
  const WaitList list = list_waits(sql, wish, WaitOrder::oldest_first, after_, waits_a_piece_);
  for (const ListedWait& wait : list.waits) piece.text += format_ == Format::csv ? to_csv(wait) : to_json(wait) + '\n';
  piece.next = list.next;
  return piece;
}

std::string WaitExport::take(Piece piece) {
  if (!has_begun_) reckoned_ = std::move(piece.reckoned);
  has_begun_ = true;
  after_ = piece.next;
  is_done_ = !piece.next;
  return std::move(piece.text);
}

}  // namespace fifteen::desk
