#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/ideas/ideas.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/desk/portal/brands.hpp"

// How somebody without an account votes: she names her address, gets one mail with a link to it, and what she presses
// on that link's page counts. The link is her identity until it is 30 days old, so that further votes need no further
// mail. Opening it changes nothing (mail scanners open every link).
namespace fifteen::desk {

constexpr std::chrono::days voter_link_lasts{30};
constexpr std::size_t most_wishes = 20;  // of one voter, that wait for a press

// What somebody wants to count: a vote, or (idea 0) a new idea.
struct VoterWish {
  std::string address, locale;
  IdeaId idea;
  IdeaText text;
  Brand brand = {};  // by whose pages or widget she came
};
// Keeps the wish and mails a link to its address, unless it was mailed just now (form_mail.hpp): then the wish waits on
// the page of that link. Who calls is told the same either way. `site`: where the link leads, of a desk with
// one brand.
// errc::invalid: no address one can write to, or no fine text. errc::not_found, errc::conflict: as for vote().
result<void> wish_for(store::Session& sql, const VoterWish& wish, const std::string& site, Instant now);

// What the link's page shows.
struct VoterPage {
  store::Voter voter;
  std::vector<store::Wish> wishes;  // waiting; those whose idea is gone are left out
  std::vector<store::Idea> wanted;  // the ideas of these wishes, those that have one
  std::vector<store::Idea> voted;   // hers, the last vote first; at most 100
};
// errc::not_found: not a link of ours. errc::expired.
result<VoterPage> open_voter_link(store::Session& sql, std::string_view token, Instant now);

// The press. Of the wishes that wait these count, the others are dropped. Returns the first one's idea.
// errc::too_many: too many new voters of one mail domain, or new ideas of one voter; the wishes wait on.
result<IdeaId> confirm_wishes(store::Session& sql, std::string_view token, const std::vector<std::int64_t>& chosen,
                              Instant now);
// With a link that has been confirmed: at once. Errors as for vote(), unvote() and the link.
result<void> vote_by_link(store::Session& sql, std::string_view token, IdeaId idea, Instant now);
result<void> unvote_by_link(store::Session& sql, std::string_view token, IdeaId idea, Instant now);
// Whether any idea's news are mailed to her.
result<void> mute_by_link(store::Session& sql, std::string_view token, bool is_mute, Instant now);

// The link in a mail about an idea: v7.i3.<token>. It ends nothing but what it is about, and never grows old.
struct IdeaMail {
  store::Voter voter;
  store::Idea idea;  // that it leads to now
  bool is_voted = false, is_told = false;
};
// errc::not_found.
result<IdeaMail> open_idea_mail(store::Session& sql, std::string_view token);
enum class Leave { idea_mails, all_mails, vote };
// errc::not_found. Doing it again is fine.
result<void> leave_by_mail(store::Session& sql, std::string_view token, Leave what);

}  // namespace fifteen::desk
