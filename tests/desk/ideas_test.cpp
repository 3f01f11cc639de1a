#include "server/desk/ideas/ideas.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/desk/ideas/voting.hpp"
#include "server/store/customers.hpp"
#include "server/store/references.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

class Ideas : public Desk {
 protected:
  IdeaId posted(const std::string& title) {
    return *write([&](store::Session& sql) { return post_idea(sql, ana, {title, "", "en"}, now); });
  }
  result<void> vote_by(const std::string& address, IdeaId idea) {
    return write([&](store::Session& sql) { return vote(sql, find_or_add_voter(sql, address, "en", now), idea, now); });
  }
  result<void> unvote_by(const std::string& address, IdeaId idea) {
    return write([&](store::Session& sql) { return unvote(sql, find_or_add_voter(sql, address, "en", now), idea); });
  }
  result<void> merge(IdeaId from, IdeaId into) {
    return write([&](store::Session& sql) { return merge_ideas(sql, ana, from, into, now); });
  }
  result<void> unmerge(IdeaId from) {
    return write([&](store::Session& sql) { return unmerge_idea(sql, ana, from, now); });
  }
  result<void> move(IdeaId id, IdeaState state, const std::string& reason = "") {
    return write([&](store::Session& sql) {
      return move_idea(sql, ana, id, {state, reason, true, "https://desk.example"}, now);
    });
  }
  store::Idea idea(IdeaId id) {
    return db().read_now([&](store::Session& sql) { return *store::find_idea(sql, id); });
  }
  std::vector<std::int64_t> listed(store::IdeaList list, int limit = 100) {
    return db().read_now([&](store::Session& sql) {
      std::vector<std::int64_t> ids;
      for (const auto& one : store::list_ideas(sql, list, limit)) ids.push_back(one.idea.id.value);
      return ids;
    });
  }
  std::optional<store::IdeaChange> to_tell(Instant at) {
    return db().read_now([&](store::Session& sql) { return store::due_idea_change(sql, at); });
  }
  void customer(const std::string& address, const std::string& traits) {
    write([&](store::Session& sql) {
      const auto known = store::find_or_add_customer(sql, address, "", now);
      sql.run("UPDATE customers SET traits = :traits WHERE id = :id", {{"traits", traits}, {"id", known.id}});
    });
  }
  // The kept sums are what counting would find.
  void expect_true_sums(IdeaId id) {
    using Sums = std::tuple<std::string, std::int64_t, std::int64_t>;
    const auto [kept, counted, paying] = db().read_now([&](store::Session& sql) {
      std::vector<Sums> plans;
      for (const auto& [of, votes] : store::plan_votes_of(sql, {id}))
        for (const auto& one : votes) plans.emplace_back(one.plan, one.votes, one.value_cents);
      std::ranges::sort(plans);
      return std::tuple(
          plans,
          sql.all<std::string, std::int64_t, std::int64_t>(
              "SELECT r.plan, COUNT(*), SUM(r.value_cents) FROM idea_votes v JOIN idea_voters r ON r.id = "
              "v.voter_id WHERE v.idea_id = :id GROUP BY r.plan ORDER BY r.plan",
              {{"id", id}}),
          std::get<0>(
              *sql.one<std::int64_t>("SELECT COUNT(*) FROM idea_votes v JOIN idea_voters r ON r.id = v.voter_id WHERE "
                                     "v.idea_id = :id AND r.pays = 1",
                                     {{"id", id}})));
    });
    EXPECT_EQ(kept, counted);
    std::int64_t votes = 0, value = 0;
    for (const auto& [plan, of_plan, value_of_plan] : counted) {
      votes += of_plan;
      value += value_of_plan;
    }
    const store::Idea told = idea(id);
    EXPECT_EQ(told.votes, votes);
    EXPECT_EQ(told.paying_votes, paying);
    EXPECT_EQ(told.value_cents, value);
  }
};

TEST_P(Ideas, APersonHasOneVoteHoweverSheSpellsHerAddress) {
  const IdeaId csv = posted("CSV of all invoices");
  EXPECT_TRUE(vote_by("ana.b@gmail.com", csv));
  for (const char* spelling : {"Ana.B@Gmail.com", "anab@gmail.com", "a.n.a.b+2@googlemail.com"})
    EXPECT_EQ(vote_by(spelling, csv).error(), errc::already_done) << spelling;
  EXPECT_TRUE(vote_by("ana.b@example.com", csv));
  EXPECT_EQ(idea(csv).votes, 2);
  EXPECT_TRUE(unvote_by("anab+x@gmail.com", csv));
  EXPECT_EQ(unvote_by("anab@gmail.com", csv).error(), errc::already_done);
  EXPECT_EQ(idea(csv).votes, 1);
  expect_true_sums(csv);
}

TEST_P(Ideas, AreListedByVotesWithoutLosingOneBetweenPages) {
  std::vector<IdeaId> ids;
  for (int i = 0; i < 7; ++i) ids.push_back(posted("Idea " + std::to_string(i)));
  for (int i = 0; i < 7; ++i)
    for (int voter = 0; voter < i / 2; ++voter) (void)vote_by("v" + std::to_string(voter) + "@example.com", ids[i]);
  std::vector<std::int64_t> all = listed({}), paged;
  store::IdeaList list;
  for (;;) {
    const auto page = db().read_now([&](store::Session& sql) { return store::list_ideas(sql, list, 2); });
    if (page.empty()) break;
    for (const auto& one : page) paged.push_back(one.idea.id.value);
    list.after = page.back().place;
  }
  EXPECT_EQ(paged, all);
  EXPECT_EQ(all.size(), 7u);
  EXPECT_EQ(all.front(), ids[6].value);
  EXPECT_EQ(listed({.order = store::IdeaOrder::newest}).front(), ids[6].value);
}

TEST_P(Ideas, ShowWhatPayingCustomersWant) {
  customer("big@corp.example", R"({"plan":"enterprise","mrr":990.5})");
  customer("small@shop.example", R"({"plan":"team","mrr":"19"})");
  customer("free@home.example", R"({"plan":"free"})");
  customer("told@home.example", R"({"plan":"team"})");
  const IdeaId loved = posted("Dark mode"), worth = posted("Single sign-on");
  for (const char* one : {"free@home.example", "nobody@nowhere.example", "small@shop.example"})
    EXPECT_TRUE(vote_by(one, loved));
  for (const char* one : {"big@corp.example", "told@home.example"}) EXPECT_TRUE(vote_by(one, worth));

  EXPECT_EQ(idea(loved).votes, 3);
  EXPECT_EQ(idea(loved).paying_votes, 1);
  EXPECT_EQ(idea(loved).value_cents, 1900);
  EXPECT_EQ(idea(worth).paying_votes, 2);
  EXPECT_EQ(idea(worth).value_cents, 99050);
  EXPECT_EQ(listed({.order = store::IdeaOrder::votes}), (std::vector{loved.value, worth.value}));
  EXPECT_EQ(listed({.order = store::IdeaOrder::value}), (std::vector{worth.value, loved.value}));
  EXPECT_EQ(listed({.order = store::IdeaOrder::paying}), (std::vector{worth.value, loved.value}));
  EXPECT_EQ(listed({.plan = "enterprise"}), std::vector{worth.value});
  EXPECT_EQ(listed({.state = IdeaState::open, .order = store::IdeaOrder::value, .plan = "team"}),
            (std::vector{loved.value, worth.value}));
  EXPECT_EQ(db().read_now([](store::Session& sql) { return store::plans_of_voters(sql); }),
            (std::vector<std::string>{"enterprise", "free", "none", "team"}));

  // She moves up a plan, and a stranger turns out to be a customer.
  customer("small@shop.example", R"({"plan":"enterprise","mrr":500})");
  customer("nobody@nowhere.example", R"({"mrr":1})");
  write([](store::Session& sql) {
    VoterId after;
    do {
      const auto changed = changed_worths(sql, after, 2);
      keep_worths(sql, changed);
      after = changed.up_to;
    } while (after);
  });
  EXPECT_EQ(idea(loved).paying_votes, 2);
  EXPECT_EQ(idea(loved).value_cents, 50100);
  EXPECT_EQ(listed({.order = store::IdeaOrder::votes, .plan = "enterprise"}), (std::vector{worth.value, loved.value}));
  expect_true_sums(loved);
  expect_true_sums(worth);
}

TEST_P(Ideas, MergingUnitesVotesAPersonAndUnmergingGivesThemBack) {
  const IdeaId one = posted("Export to CSV"), other = posted("CSV of all invoices"), third = posted("Excel export");
  for (const char* who : {"a@x.example", "b@x.example"}) (void)vote_by(who, one);
  for (const char* who : {"b@x.example", "c@x.example"}) (void)vote_by(who, other);
  (void)vote_by("d@x.example", third);

  EXPECT_TRUE(merge(one, other));
  EXPECT_EQ(idea(other).votes, 3) << "b counts once";
  EXPECT_EQ(merge(one, other).error(), errc::already_done);
  EXPECT_EQ(merge(other, one).error(), errc::conflict) << "no circle";
  EXPECT_TRUE(merge(other, third));
  EXPECT_EQ(idea(third).votes, 4);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return current_idea(sql, one); }), third);
  EXPECT_EQ(listed({}), std::vector{third.value});

  EXPECT_TRUE(vote_by("e@x.example", one)) << "the old address leads to the target";
  EXPECT_TRUE(unvote_by("a@x.example", third));
  EXPECT_EQ(idea(third).votes, 4);
  EXPECT_EQ(unmerge(one).error(), errc::conflict) << "its target is merged itself";
  EXPECT_TRUE(unmerge(other));
  EXPECT_TRUE(unmerge(one));
  EXPECT_EQ(idea(one).votes, 1) << "a took hers back everywhere";
  EXPECT_EQ(idea(other).votes, 2);
  EXPECT_EQ(idea(third).votes, 2) << "d, and e who came later";
  for (const IdeaId id : {one, other, third}) expect_true_sums(id);
  EXPECT_EQ(unmerge(one).error(), errc::already_done);
}

TEST_P(Ideas, AreMergedAndPartedABatchAtATimeWhateverHappensMeanwhile) {
  const IdeaId one = posted("CSV of invoices"), other = posted("Invoices as CSV"), third = posted("Invoices");
  const auto name = [](int i) { return "v" + std::to_string(i) + "@client.example"; };
  customer(name(7), R"({"plan":"pro","mrr":20})");
  customer(name(1100), R"({"plan":"free"})");
  write([&](store::Session& sql) {
    for (int i = 0; i < 1200; ++i) (void)vote(sql, find_or_add_voter(sql, name(i), "en", now), one, now);
    for (int i = 600; i < 1300; ++i) (void)vote(sql, find_or_add_voter(sql, name(i), "en", now), other, now);
  });
  const auto go_on = [&](int limit) {
    return write([&](store::Session& sql) { return move_next_votes(sql, limit, now); });
  };

  EXPECT_TRUE(merge(one, other));
  EXPECT_EQ(idea(other).votes, 700 + moved_at_once);
  EXPECT_TRUE(merge(other, third)) << "behind it, so that nobody is left out";
  EXPECT_EQ(idea(third).votes, 0);
  EXPECT_TRUE(unvote_by(name(3), third)) << "moved already";
  EXPECT_TRUE(unvote_by(name(550), third)) << "not moved yet";
  EXPECT_TRUE(vote_by(name(560), third)) << "again, before hers comes";
  EXPECT_THROW(write([&](store::Session& sql) -> int {
                 EXPECT_TRUE(move_next_votes(sql, 100, now));
                 throw std::runtime_error("killed");
               }),
               std::runtime_error);
  while (go_on(100)) {
  }
  EXPECT_EQ(idea(other).votes, 1298) << "without 3 and 550";
  EXPECT_EQ(idea(third).votes, 1298);
  for (const IdeaId id : {one, other, third}) expect_true_sums(id);

  EXPECT_TRUE(unmerge(other));
  EXPECT_TRUE(merge(other, third));
  EXPECT_TRUE(unmerge(other));
  while (go_on(100)) {
  }
  EXPECT_EQ(idea(third).votes, 1) << "560's own";
  EXPECT_TRUE(unmerge(one));
  while (go_on(100)) {
  }
  EXPECT_EQ(idea(other).votes, 700);
  EXPECT_EQ(idea(one).votes, 1198);
  for (const IdeaId id : {one, other, third}) expect_true_sums(id);
}

TEST_P(Ideas, ALinkedTicketIsItsCustomersVoteUntilSheGivesItHerself) {
  const IdeaId csv = posted("CSV of all invoices");
  const TicketId asked = asked_by("joe@client.example"), again = asked_by("joe@client.example"),
                 other = asked_by("eve@client.example");
  const auto link = [&](TicketId ticket) {
    return write([&](store::Session& sql) { return link_idea(sql, ana, csv, ticket, false, now); });
  };
  const auto unlink = [&](TicketId ticket) {
    return write([&](store::Session& sql) { return unlink_idea(sql, ana, csv, ticket, now); });
  };
  EXPECT_TRUE(link(asked));
  EXPECT_EQ(link(asked).error(), errc::already_done);
  EXPECT_TRUE(link(again));
  EXPECT_TRUE(link(other));
  EXPECT_EQ(idea(csv).votes, 2);
  const auto vote_of = [&](const char* address) {
    return db().read_now([&](store::Session& sql) {
      return store::find_vote(sql, csv, store::find_voter(sql, std::string_view(address))->id);
    });
  };
  EXPECT_FALSE(vote_of("joe@client.example")->tells) << "nobody asked whether she wants mails";

  EXPECT_TRUE(vote_by("eve@client.example", csv));
  EXPECT_TRUE(vote_of("eve@client.example")->own);
  EXPECT_TRUE(vote_of("eve@client.example")->tells);
  EXPECT_TRUE(unlink(other));
  EXPECT_TRUE(unlink(asked));
  EXPECT_EQ(unlink(asked).error(), errc::already_done);
  EXPECT_EQ(idea(csv).votes, 1) << "Eve's own";
}

TEST_P(Ideas, AChangeTakenBackWithinAMinuteTellsNobody) {
  const IdeaId csv = posted("CSV of all invoices");
  EXPECT_TRUE(move(csv, IdeaState::planned, "We start in March."));
  EXPECT_FALSE(to_tell(now)) << "not yet";
  EXPECT_TRUE(move(csv, IdeaState::open));
  minutes_pass(2);
  EXPECT_FALSE(to_tell(now));
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return store::changes_of_idea(sql, csv, 9).size(); }), 0u);

  EXPECT_TRUE(move(csv, IdeaState::planned, "We start in March."));
  EXPECT_EQ(move(csv, IdeaState::planned, "We start in March.").error(), errc::already_done);
  EXPECT_TRUE(write([&](store::Session& sql) {
    return answer_idea(sql, ana, csv, {"It will be in **Export**.", true, "https://desk.example"}, now);
  }));
  minutes_pass(2);
  const auto change = to_tell(now);
  ASSERT_TRUE(change) << "both are one";
  EXPECT_EQ(change->was, IdeaState::open);
  EXPECT_EQ(change->state, IdeaState::planned);
  EXPECT_EQ(change->answer, "It will be in **Export**.");
  EXPECT_TRUE(move(csv, IdeaState::open));
  EXPECT_EQ(to_tell(now)->id, change->id) << "that it was planned will be told, as a minute has passed";
}

TEST_P(Ideas, AreHiddenFromVotesAndLists) {
  const IdeaId spam = posted("Cheap watches"), done = posted("Login");
  EXPECT_TRUE(write([&](store::Session& sql) { return hide_idea(sql, ana, spam, true, now); }));
  EXPECT_TRUE(move(done, IdeaState::done));
  EXPECT_EQ(listed({}), std::vector{done.value});
  EXPECT_EQ(vote_by("a@x.example", spam).error(), errc::not_found);
  EXPECT_EQ(vote_by("a@x.example", done).error(), errc::conflict);
  EXPECT_EQ(vote_by("a@x.example", IdeaId(999)).error(), errc::not_found);
  EXPECT_EQ(move(spam, IdeaState::planned).error(), errc::conflict);
  EXPECT_TRUE(write([&](store::Session& sql) { return hide_idea(sql, ana, spam, false, now); }));
  EXPECT_TRUE(vote_by("a@x.example", spam));
}

TEST_P(Ideas, HaveATitleOfOneLineAndNoEndlessText) {
  const auto post = [&](const IdeaText& text) {
    return write([&](store::Session& sql) { return post_idea(sql, ana, text, now); });
  };
  for (const IdeaText& text : {IdeaText{"", "", ""},
                               {"  ", "", ""},
                               {"a\nb", "", ""},
                               {std::string(201, 'x'), "", ""},
                               {"fine", std::string(5001, 'x'), ""}})
    EXPECT_EQ(post(text).error(), errc::invalid) << text.title.substr(0, 20);
  EXPECT_TRUE(post({std::string(200, 'x'), std::string(5000, 'x'), "en"}));
}

TEST_P(Ideas, LeaveNothingDangling) {
  const IdeaId one = posted("One"), other = posted("Other");
  (void)vote_by("a@x.example", one);
  const TicketId asked = asked_by("joe@client.example");
  EXPECT_TRUE(write([&](store::Session& sql) { return link_idea(sql, ana, one, asked, true, now); }));
  EXPECT_TRUE(move(one, IdeaState::planned));
  EXPECT_TRUE(merge(one, other));
  EXPECT_TRUE(db().read_now([](store::Session& sql) { return store::dangling_references(sql); }).empty());
}

FIFTEEN_BOTH_DATABASES(Ideas);

}  // namespace
}  // namespace fifteen::desk
