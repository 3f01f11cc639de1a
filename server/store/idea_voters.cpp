// Who votes, and what waits for a voter's address to be confirmed.
#include <algorithm>

#include "server/store/columns.hpp"
#include "server/store/dialect.hpp"
#include "server/store/idea_votes.hpp"

namespace fifteen::store {
namespace {

constexpr std::string_view columns =
    "SELECT r.id, r.voter_key, r.address, r.locale, r.plan, r.pays, r.value_cents, r.mails, r.confirmed_at, "
    "r.created_at, COALESCE((SELECT b.brand_id FROM idea_voter_brands b WHERE b.voter_id = r.id), 1) FROM ";

std::vector<Voter> select(Session& sql, std::string_view from_where, std::initializer_list<Bind> binds) {
  std::vector<Voter> voters;
  for (auto& [id, key, address, locale, plan, pays, value, mails, confirmed, created, brand] :
       sql.all<VoterId, std::string, std::string, std::string, std::string, bool, std::int64_t, bool,
               std::optional<Instant>, Instant, BrandId>(std::string(columns) + std::string(from_where), binds))
    voters.push_back({id,
                      std::move(key),
                      std::move(address),
                      std::move(locale),
                      {std::move(plan), pays, value},
                      mails,
                      confirmed,
                      created,
                      brand});
  return voters;
}

std::optional<Voter> first(std::vector<Voter> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

VoterId add_voter(Session& sql, const Voter& voter) {
  return VoterId(sql.insert(
      "INSERT INTO idea_voters (voter_key, address, locale, plan, pays, value_cents, mails, confirmed_at, created_at) "
      "VALUES (:key, :address, :locale, :plan, :pays, :value, :mails, :confirmed, :created)",
      {{"key", voter.key},
       {"address", voter.address},
       {"locale", clip(voter.locale, 20)},
       {"plan", voter.worth.plan},
       {"pays", voter.worth.pays},
       {"value", voter.worth.value_cents},
       {"mails", voter.mails},
       {"confirmed", voter.confirmed_at},
       {"created", voter.created_at}}));
}

void save_voter(Session& sql, const Voter& voter) {
  sql.run(
      "UPDATE idea_voters SET address = :address, locale = :locale, mails = :mails, confirmed_at = :confirmed "
      "WHERE id = :id",
      {{"address", voter.address},
       {"locale", clip(voter.locale, 20)},
       {"mails", voter.mails},
       {"confirmed", voter.confirmed_at},
       {"id", voter.id}});
}

void set_brand(Session& sql, VoterId voter, BrandId brand) {
  sql.run("DELETE FROM idea_voter_brands WHERE voter_id = :voter", {{"voter", voter}});
  sql.run("INSERT INTO idea_voter_brands (voter_id, brand_id) VALUES (:voter, :brand)",
          {{"voter", voter}, {"brand", brand}});
}

std::optional<Voter> find_voter(Session& sql, VoterId id) {
  return first(select(sql, "idea_voters r WHERE r.id = :id", {{"id", id}}));
}

std::optional<Voter> find_voter(Session& sql, std::string_view key) {
  return first(select(sql, "idea_voters r WHERE r.voter_key = :key", {{"key", key}}));
}

std::vector<Voter> voters_of(Session& sql, CustomerId customer) {
  // Indexes customer_addresses_customer, idea_voters_address.
  return select(sql,
                "customer_addresses a JOIN idea_voters r ON r.address = a.address WHERE a.customer_id = :customer "
                "ORDER BY r.id LIMIT 20",
                {{"customer", customer}});
}

std::vector<Voter> voters_after(Session& sql, VoterId after, int limit) {
  // What an erased voter was worth stays as it was.
  return select(sql, "idea_voters r WHERE r.id > :after AND r.address <> '' ORDER BY r.id LIMIT :limit",
                {{"after", after.value}, {"limit", limit}});
}

std::int64_t drop_unconfirmed_voters(Session& sql, Instant before) {
  // Indexes idea_voters_confirmed, idea_votes_voter.
  constexpr std::string_view strangers =
      "FROM idea_voters WHERE confirmed_at IS NULL AND created_at < :before AND NOT EXISTS (SELECT 1 FROM "
      "idea_votes v WHERE v.voter_id = idea_voters.id)";
  sql.run("DELETE FROM idea_voter_brands WHERE voter_id IN (SELECT id " + std::string(strangers) + ")",
          {{"before", before}});
  return sql.run("DELETE " + std::string(strangers), {{"before", before}});
}

void add_wish(Session& sql, const Wish& wish, std::size_t most) {
  const auto known = wishes_of(sql, wish.voter);
  const auto same = std::ranges::find_if(
      known, [&](const Wish& one) { return one.idea == wish.idea && (wish.idea || one.title == wish.title); });
  if (same != known.end())
    remove_wish(sql, same->id);
  else if (known.size() >= most)
    remove_wish(sql, known.front().id);
  sql.insert("INSERT INTO idea_wishes (voter_id, idea_id, title, body, at) VALUES (:voter, :idea, :title, :body, :at)",
             {{"voter", wish.voter},
              {"idea", wish.idea},
              {"title", clip(wish.title, 200)},
              {"body", wish.body},
              {"at", wish.at}});
}

std::vector<Wish> wishes_of(Session& sql, VoterId voter) {
  std::vector<Wish> wishes;
  for (auto& [id, idea, title, body, at] : sql.all<std::int64_t, IdeaId, std::string, std::string, Instant>(
           "SELECT id, idea_id, title, body, at FROM idea_wishes" + by_index("idea_wishes_voter", sql.backend()) +
               " WHERE voter_id = :voter ORDER BY id LIMIT 100",
           {{"voter", voter}}))
    wishes.push_back({id, voter, idea, std::move(title), std::move(body), at});
  return wishes;
}

void remove_wish(Session& sql, std::int64_t id) {
  sql.run("DELETE FROM idea_wishes WHERE id = :id", {{"id", id}});
}

std::int64_t drop_wishes(Session& sql, Instant before) {
  return sql.run("DELETE FROM idea_wishes WHERE at < :before", {{"before", before}});
}

}  // namespace fifteen::store
