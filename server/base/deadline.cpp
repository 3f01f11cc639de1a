#include "server/base/deadline.hpp"

#include <boost/asio/io_context.hpp>

namespace fifteen {

Deadlines::Deadlines(boost::asio::execution_context& context)
    : service(context), timer_(static_cast<boost::asio::io_context&>(context)) {}

void Deadlines::shutdown() noexcept {
  timer_.cancel();
}

void Deadlines::tick() {
  if (entries_.empty()) {
    ticking_ = false;
    return;
  }
  ticking_ = true;
  timer_.expires_after(std::chrono::seconds(1));
  timer_.async_wait([this](const boost::system::error_code& ec) {
    if (ec) return;
    const auto now = std::chrono::steady_clock::now();
    // on_expired only cancels operations; their handlers, which may destroy entries, run later from the event loop.
    for (Entry* entry : entries_)
      if (!entry->expired_ && entry->at_ <= now) {
        entry->expired_ = true;
        entry->on_expired();
      }
    tick();
  });
}

Deadlines::Entry::Entry(Deadlines& owner) : owner_(owner), place_(owner.entries_.insert(owner.entries_.end(), this)) {
  if (!owner_.ticking_) owner_.tick();
}

Deadlines::Entry::~Entry() {
  owner_.entries_.erase(place_);
}

}  // namespace fifteen
