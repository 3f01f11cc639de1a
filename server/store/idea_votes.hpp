#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// What a voter is to the desk's owner (desk/ideas/voting.hpp).
struct Worth {
  std::string plan = "none";
  bool pays = false;
  std::int64_t value_cents = 0;  // a month

  friend bool operator==(const Worth&, const Worth&) = default;
};

// A person who votes, or wants to; one row a voter_key() (domain/voter.hpp).
struct Voter {
  VoterId id;
  std::string key;
  std::string address;  // as she spelled it first, in lower case
  std::string locale;
  Worth worth;
  bool mails = true;                    // she wants to hear of the ideas she voted for
  std::optional<Instant> confirmed_at;  // a link mailed to the address was followed
  Instant created_at{};
  BrandId brand{1};  // by whose pages she came last
};
VoterId add_voter(Session& sql, const Voter& voter);
// All but the brand.
void save_voter(Session& sql, const Voter& voter);
void set_brand(Session& sql, VoterId voter, BrandId brand);
std::optional<Voter> find_voter(Session& sql, VoterId id);
std::optional<Voter> find_voter(Session& sql, std::string_view key);
// Of a customer's addresses.
std::vector<Voter> voters_of(Session& sql, CustomerId customer);
// By id, behind `after`.
std::vector<Voter> voters_after(Session& sql, VoterId after, int limit);
// Strangers who never followed their link, and whom no agent voted for.
std::int64_t drop_unconfirmed_voters(Session& sql, Instant before);

struct Vote {
  IdeaId idea;
  VoterId voter;
  Instant at{};
  bool tells = true;  // she is mailed when the idea moves
  bool own = true;    // she gave it herself
  AgentId agent;      // who voted for her; 0: a program did
  TicketId ticket;    // in which she asked for that
  IdeaId via;         // with whose merge it came
};
// Adds or takes away a vote together with what it counts for. False: there was one already, or none.
bool add_vote(Session& sql, const Vote& vote, const Worth& worth);
bool remove_vote(Session& sql, IdeaId idea, VoterId voter, const Worth& worth);
std::optional<Vote> find_vote(Session& sql, IdeaId idea, VoterId voter);
// It became her own, or she wants or doesn't want mails.
void save_vote(Session& sql, const Vote& vote);

struct ListedVote {
  Vote vote;
  Voter voter;
};
// Those of an idea, by voter, behind `after`: index idea_votes' key.
std::vector<ListedVote> votes_of_idea(Session& sql, IdeaId idea, VoterId after, int limit);
// How many of them are mailed when it moves, counted up to `most`.
std::int64_t count_told_voters(Session& sql, IdeaId idea, std::int64_t most);
// A voter's, the last first.
std::vector<Vote> votes_of_voter(Session& sql, VoterId voter, int limit);
// Given for customers who asked in this ticket.
std::vector<Vote> votes_of_ticket(Session& sql, TicketId ticket);

// What votes of one plan count for, added to the sums of an idea (or taken away) whose rows are written otherwise.
struct VoteSums {
  std::int64_t votes = 0, paying = 0, value_cents = 0;
};
void add_to_sums(Session& sql, IdeaId idea, const std::string& plan, const VoteSums& more);
// A voter's worth is another one now: her row and the sums of all she voted for.
void change_worth(Session& sql, const Voter& voter, const Worth& now);

// What waits for a voter's address to be confirmed: a vote, or (idea 0) a new idea.
struct Wish {
  std::int64_t id = 0;
  VoterId voter;
  IdeaId idea;
  std::string title, body;
  Instant at{};
};
// A voter has at most `most`: the oldest goes.
void add_wish(Session& sql, const Wish& wish, std::size_t most);
// The oldest first.
std::vector<Wish> wishes_of(Session& sql, VoterId voter);
void remove_wish(Session& sql, std::int64_t id);
std::int64_t drop_wishes(Session& sql, Instant before);

}  // namespace fifteen::store
