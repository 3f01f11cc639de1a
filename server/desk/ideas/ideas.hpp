#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/idea_changes.hpp"
#include "server/store/ideas.hpp"

// What customers wish for. This is what agents do with ideas; how customers vote is in voting.hpp.
namespace fifteen::desk {

constexpr std::size_t longest_idea_title = 200;   // characters
constexpr std::size_t longest_idea_text = 5'000;  // bytes, of a body, a reason or an answer
// So long a change of state or an answer may be taken back, or be followed by another, before voters are told.
constexpr std::chrono::minutes idea_undo_window{1};

struct IdeaText {
  std::string title;
  std::string body;    // may be empty
  std::string locale;  // may be unknown
};
// Whether an idea can be called so: a title of one line, and neither too long.
bool is_fine(const IdeaText& text);

// Where everybody reads it: "/help/ideas/7".
std::string idea_url(IdeaId idea);

// An agent writes an idea down; nobody votes for it yet. errc::forbidden, errc::invalid.
result<IdeaId> post_idea(store::Session& sql, const Actor& actor, const IdeaText& text, Instant now);
struct IdeaEdit {
  std::optional<std::string> title, body;
};
// errc::not_found, errc::invalid; errc::already_done: it reads so.
result<void> edit_idea(store::Session& sql, const Actor& actor, IdeaId id, const IdeaEdit& edit, Instant now);

// Moves it to a state, with the reason in words (Markdown); a reason alone may change, too. Its voters are told when a
// minute has passed, unless it moved back or `tells` is false.
// errc::not_found, errc::invalid: too long; errc::already_done; errc::conflict: hidden or merged.
struct IdeaMove {
  IdeaState state = IdeaState::open;
  std::string reason;
  bool tells = true;
  std::string site;  // where the mails' links lead; empty: nobody is told, as nobody could unsubscribe
};
result<void> move_idea(store::Session& sql, const Actor& actor, IdeaId id, const IdeaMove& move, Instant now);
// The official answer (Markdown), told like a move; an empty one takes it back. The same errors.
struct IdeaAnswer {
  std::string text;
  bool tells = true;
  std::string site;
};
result<void> answer_idea(store::Session& sql, const Actor& actor, IdeaId id, const IdeaAnswer& answer, Instant now);

// Spam, or what no customer should read: seen by agents alone. errc::not_found, errc::already_done; errc::conflict:
// merged.
result<void> hide_idea(store::Session& sql, const Actor& actor, IdeaId id, bool hidden, Instant now);

// Unites two: each person's vote counts once for `into`, and the old address leads there. Un-merging gives back what
// `from` had; who voted since stays with `into`.
// errc::not_found, errc::already_done; errc::conflict: one is hidden, or `into` is (or is merged into) `from`; for
// un-merging: what it was merged into is merged itself.
result<void> merge_ideas(store::Session& sql, const Actor& actor, IdeaId from, IdeaId into, Instant now);
result<void> unmerge_idea(store::Session& sql, const Actor& actor, IdeaId from, Instant now);
// The first votes move with it, all of most ideas; the others a batch at a time, by whichever node is first. False:
// none is on its way.
constexpr int moved_at_once = 250;  // some 10 ms of a database's writer (scripts/bench ideas)
bool move_next_votes(store::Session& sql, int limit, Instant now);
// The idea that an address leads to now: itself, or what it was merged into. 0: no such idea.
IdeaId current_idea(store::Session& sql, IdeaId id);

// In a ticket somebody asks for it: the ticket is linked, and its customer's vote counts. She is told of changes only
// with `tells`: she said that she wants to be. Unlinking takes back the vote that came by it.
// errc::not_found, errc::already_done, errc::conflict: hidden.
result<void> link_idea(store::Session& sql, const Actor& actor, IdeaId idea, TicketId ticket, bool tells, Instant now);
result<void> unlink_idea(store::Session& sql, const Actor& actor, IdeaId idea, TicketId ticket, Instant now);

}  // namespace fifteen::desk
