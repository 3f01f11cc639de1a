#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/mail/signing.hpp"
#include "server/desk/team/access.hpp"
#include "server/store/events.hpp"
#include "server/store/ratings.hpp"

// What customers make of our answers, by the links of the mails that carried them. A rating neither starts a wait nor
// opens a ticket (clock.md): it belongs to the answer, and changes nothing of its ticket.
namespace fifteen::desk {

// The choices as links: small, below the signature.
struct RatingLinks {
  std::string text, html;
};
// `site`: where they lead, "https://help.example.org".
RatingLinks rating_links(const Key& key, MessageId answer, std::string_view language, std::string_view site);

constexpr std::chrono::days rating_link_lasts{90};
constexpr std::size_t longest_comment = 2000;  // characters

// What a link leads to.
struct RatedAnswer {
  MessageId message;
  TicketId ticket;
  AgentId agent;  // who gave it
  std::string agent_name;
  std::optional<store::Rating> rating;
};
// errc::not_found: not a link of ours, or to an answer that was taken back or never arrived. errc::expired: too old.
result<RatedAnswer> answer_to_rate(store::Session& sql, std::string_view token, Instant now);
// The last one counts; the same once more writes nothing. Who is praised is told. The same errors.
result<void> rate(store::Session& sql, std::string_view token, Score score, const std::string& comment, Instant now);

// An agent sees what was said of her own answers, managers and programs of everybody's.
bool may_see_ratings_of(const Actor& reader, AgentId agent);

struct RatingPage {
  std::vector<store::ListedRating> ratings;
  std::optional<store::RatingPlace> next;
};
// errc::forbidden: somebody else's, or everybody's. `limit`: 1 to 100.
result<RatingPage> list_ratings(store::Session& sql, const Actor& reader, const store::RatingList& list, int limit);
std::string to_cursor(const store::RatingPlace& place);
std::optional<store::RatingPlace> parse_rating_cursor(std::string_view cursor);

// A rating as a row of the one log, and back: {"score":"kudos","comment":"…"}.
store::Event to_event(const store::Rating& rating);
store::Rating rating_in(const store::Event& event);

}  // namespace fifteen::desk
