#include "server/jobs/list_writer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds every{5};
constexpr std::size_t drafts_a_job = 200;  // some 20 ms of a database thread

}  // namespace

ListWriter::ListWriter(boost::asio::any_io_executor executor, store::Database& records, const Clock& clock,
                       desk::ListNotebook& notebook)
    : records_(records), clock_(clock), notebook_(notebook), timer_(std::move(executor)) {}

boost::asio::awaitable<void> ListWriter::run() {
  bool complained = false;
  while (true) {
    const bool is_last = stopping_;
    try {
      co_await pass();
      complained = false;
    } catch (const std::exception& error) {
      if (!std::exchange(complained, true)) log::warning("lists_not_written", {{"error", error.what()}});
    }
    if (is_last) co_return;
    if (stopping_) continue;
    timer_.expires_after(every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
}

void ListWriter::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<void> ListWriter::pass() {
  for (auto entries = notebook_.unwritten(drafts_a_job); !entries.empty();
       entries = notebook_.unwritten(drafts_a_job)) {
    const auto write = [&](store::Session& sql) {
      for (const auto& entry : entries) desk::note_lists(sql, entry.noted, clock_.now());
    };
    co_await records_.write(write);
    notebook_.set_written(entries);
  }
}

}  // namespace fifteen::jobs
