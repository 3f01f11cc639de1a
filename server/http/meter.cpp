#include "server/http/meter.hpp"

#include <algorithm>

namespace fifteen::http {

Site::Meter::Meter(prometheus::Registry& registry, std::span<const Route> routes) {
  auto& requests = prometheus::BuildCounter()
                       .Name("fifteen_http_requests_total")
                       .Help("Requests answered, by route and class of status.")
                       .Register(registry);
  auto& seconds = prometheus::BuildHistogram()
                      .Name("fifteen_http_request_seconds")
                      .Help("From a request's last byte to its answer's first, by route.")
                      .Register(registry);
  const prometheus::Histogram::BucketBoundaries buckets{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5};
  for (const Route& route : routes) {
    const std::string method(name(route.method)), pattern(route.pattern);
    OfRoute& of = routes_.emplace_back();
    for (std::size_t i = 0; i < of.by_class.size(); ++i)
      of.by_class[i] =
          &requests.Add({{"method", method}, {"route", pattern}, {"status", std::to_string(i + 1) + "xx"}});
    of.seconds = &seconds.Add({{"method", method}, {"route", pattern}}, buckets);
  }
}

void Site::Meter::count(std::size_t route, const Reply& reply, std::chrono::nanoseconds took) {
  routes_[route].by_class[std::clamp<std::size_t>(reply.status / 100, 1, 5) - 1]->Increment();
  routes_[route].seconds->Observe(std::chrono::duration<double>(took).count());
}

}  // namespace fifteen::http
