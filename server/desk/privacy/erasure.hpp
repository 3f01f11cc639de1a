#pragma once
#include <optional>

#include "server/base/error.hpp"
#include "server/desk/team/access.hpp"
#include "server/store/erasures.hpp"

// Erasing a customer: what she said and who she was goes, what response times are made of stays (docs/privacy.md).
namespace fifteen::desk {

// At once nobody comes upon her or her tickets any more, and no mail of ours that waits goes to her; erase_next() does
// the rest. Again it changes nothing. errc::forbidden: an admin's. errc::not_found.
result<store::Erasure> erase_customer(store::Session& sql, const Actor& actor, CustomerId customer, Instant now);

// A bounded piece of what is still to be done, in one transaction. False: nothing is.
bool erase_next(store::Session& sql, Instant now);

}  // namespace fifteen::desk
