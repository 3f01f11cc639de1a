#pragma once
#include <string>
#include <string_view>

#include "server/domain/schedule.hpp"

namespace fifteen::desk {

// "Open now", "We are back today at 14:00", "We are back Monday 09:00", "We are back on 7 January, 09:00", in a
// language of ours and the schedule's own zone; empty when it never opens again.
std::string opening_words(std::string_view language, const Schedule& schedule, Instant now);

}  // namespace fifteen::desk
