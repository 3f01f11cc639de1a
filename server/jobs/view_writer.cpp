#include "server/jobs/view_writer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/log.hpp"
#include "server/store/articles.hpp"

namespace fifteen::jobs {
namespace {

constexpr std::chrono::seconds every{10};

}  // namespace

ViewWriter::ViewWriter(boost::asio::any_io_executor executor, store::Database& records, desk::ViewTally& views)
    : records_(records), views_(views), timer_(std::move(executor)) {}

boost::asio::awaitable<void> ViewWriter::run() {
  while (!stopping_) {
    timer_.expires_after(every);
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    try {
      co_await write();
    } catch (const std::exception& error) {
      log::warning("views_lost", {{"error", error.what()}});
    }
  }
}

void ViewWriter::stop() {
  stopping_ = true;
  timer_.cancel();
}

boost::asio::awaitable<void> ViewWriter::write() {
  const auto views = views_.take();
  if (views.empty()) co_return;
  const auto job = [&views](store::Session& sql) {
    for (const auto& [article, times] : views) store::count_views(sql, article, times);
  };
  co_await records_.write(job);
}

}  // namespace fifteen::jobs
