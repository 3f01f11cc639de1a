#pragma once
#include <array>
#include <chrono>
#include <span>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "server/http/site.hpp"

namespace fifteen::http {

// Requests by route and kind of answer, and how long they took, for /metrics.
class Site::Meter {
 public:
  Meter(prometheus::Registry& registry, std::span<const Route> routes);
  void count(std::size_t route, const Reply& reply, std::chrono::nanoseconds took);

 private:
  struct OfRoute {
    std::array<prometheus::Counter*, 5> by_class;  // 1xx … 5xx
    prometheus::Histogram* seconds;
  };
  std::vector<OfRoute> routes_;
};

}  // namespace fifteen::http
