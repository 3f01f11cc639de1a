#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/desk/deflection/deflection.hpp"
#include "server/http/route.hpp"

namespace fifteen::http {

// A draft of a question, as a browser names it.
struct NamedDraft {
  desk::Visit visit;
  Channel channel = Channel::form;
};
bool may_be_drafted_in(Channel channel);

// By the query's visitor, session and channel; nullopt: it names none. errc::invalid: only a part of it, or nonsense.
result<std::optional<NamedDraft>> named_draft(const Call& call);

struct DraftWords {
  std::string text, locale;
};
// Notes the list that was reckoned for a draft. True for the control group, which sees none of it.
bool is_withheld(store::Session& sql, const Call& call, const NamedDraft& draft, const DraftWords& words,
                 const std::vector<desk::Suggested>& list);

}  // namespace fifteen::http
