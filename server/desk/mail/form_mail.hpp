#pragma once
#include <string_view>

#include "server/base/clock.hpp"

namespace fifteen::store {
class Session;
}

namespace fifteen::desk {

// Whether a form that anybody may fill in may send a mail to this address now; if so, that mail is counted. Once an
// hour and five times a day for all public doors together: questions' acknowledgements, fresh links, "my questions",
// the widget, votes. Neither its case nor a "+tag" makes an address another one. Nobody is told the answer: who fills
// in a stranger's address learns nothing.
bool may_mail_by_form(store::Session& sql, std::string_view address, Instant now);

}  // namespace fifteen::desk
