#pragma once
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/clock.hpp"
#include "server/desk/portal/brands.hpp"

namespace fifteen::desk {

// The brands as they were read last, at most a second ago while anybody asks: each public page wants one. Thread-safe.
class KeptBrands {
 public:
  void refresh(store::Session& sql, Instant now);
  // They have just been changed here.
  void forget();
  // By what was read last, however old; the bare default when nothing was.
  Brand of_host(std::string_view host) const;

 private:
  mutable std::mutex mutex_;
  std::vector<Brand> brands_;
  std::optional<Instant> read_at_;
};

}  // namespace fifteen::desk
