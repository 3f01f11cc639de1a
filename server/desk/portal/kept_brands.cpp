#include "server/desk/portal/kept_brands.hpp"

namespace fifteen::desk {

void KeptBrands::refresh(store::Session& sql, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (read_at_ && now >= *read_at_ && now - *read_at_ < std::chrono::seconds{1}) return;
    read_at_ = now;  // the others go on with what there is
  }
  auto fresh = store::brands(sql);
  const std::lock_guard lock(mutex_);
  brands_ = std::move(fresh);
}

void KeptBrands::forget() {
  const std::lock_guard lock(mutex_);
  read_at_.reset();
}

Brand KeptBrands::of_host(std::string_view host) const {
  const std::lock_guard lock(mutex_);
  return brand_at(brands_, host);
}

}  // namespace fifteen::desk
