#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "server/desk/ideas/voter_links.hpp"
#include "server/http/pages.hpp"
#include "server/http/route.hpp"
#include "server/store/ideas.hpp"

namespace ctemplate {
class TemplateDictionary;
}

// What the addresses of ideas have in common.
namespace fifteen::http::routes {

// votes, paying, value or newest; empty: votes.
std::optional<store::IdeaOrder> parse_order(std::string_view word);
// Those that are shown and like these words, best first.
std::vector<store::Idea> found_ideas(store::Session& sql, const Call& call, const std::string& text,
                                     const std::string& locale, int limit);
// A public page about ideas.
std::unique_ptr<Pages::Page> public_idea_page(const Call& call, std::string_view file, std::string_view title_key);
// A list entry of a public page, and the tag of a state that is not open.
void fill_idea(ctemplate::TemplateDictionary& entry, const Call& call, const store::Idea& idea);
void fill_state(ctemplate::TemplateDictionary& entry, const Call& call, IdeaState state);
// Somebody wishes to vote or to add an idea. errc::too_many: many wishes from where she is. Else as wish_for().
result<void> take_wish(store::Session& sql, const Call& call, const desk::VoterWish& wish);
// A page of the agents' list, or what `q` of the query finds.
boost::json::object idea_page_json(store::Session& sql, const Call& call, const store::IdeaList& list, int limit);

}  // namespace fifteen::http::routes
