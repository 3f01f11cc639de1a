#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/domain/plain_reckoning.hpp"
#include "tests/domain/story.hpp"

// Random histories of up to four tickets. FIFTEEN_SEED replays one run, FIFTEEN_HISTORIES sets their number.
namespace fifteen {
namespace {

class Histories {
 public:
  explicit Histories(std::uint64_t seed) : random_(seed) {}

  std::vector<Fact> next() {
    std::vector<Fact> facts;
    tickets_ = 1 + pick(4);
    replies_.clear();
    const int length = 1 + pick(30);
    for (int i = 0; i < length; ++i) {
      now_ += pick(3);
      facts.push_back(fact(i + 1));
      if (facts.back().kind == FactKind::message && facts.back().actor == ActorKind::agent)
        replies_.push_back(facts.back().message);
    }
    return facts;
  }

 private:
  int pick(int n) { return std::uniform_int_distribution(0, n - 1)(random_); }
  TicketId any_ticket() { return TicketId{1 + pick(tickets_)}; }
  MessageId any_message(int before) { return MessageId{1 + pick(before)}; }
  MessageId any_reply(int before) {
    return replies_.empty() ? any_message(before) : replies_[pick(static_cast<int>(replies_.size()))];
  }

  Fact fact(int order) {
    // Weighted: what is common in a desk is common here.
    static constexpr FactKind kinds[] = {FactKind::message, FactKind::message, FactKind::message, FactKind::message,
                                         FactKind::message, FactKind::message, FactKind::message, FactKind::close,
                                         FactKind::close,   FactKind::reopen,  FactKind::assign,  FactKind::spam,
                                         FactKind::unspam,  FactKind::merge,   FactKind::unmerge, FactKind::split,
                                         FactKind::bounced, FactKind::bounced, FactKind::undo,    FactKind::undo,
                                         FactKind::opened};
    static constexpr MessageKind customers[] = {MessageKind::message, MessageKind::message, MessageKind::message,
                                                MessageKind::automatic, MessageKind::rating};
    static constexpr MessageKind agents[] = {MessageKind::reply, MessageKind::reply, MessageKind::reply,
                                             MessageKind::note};
    Fact f;
    f.at = story::minute(now_);
    f.order = order;
    f.kind = kinds[pick(std::size(kinds))];
    f.ticket = any_ticket();
    f.actor = static_cast<ActorKind>(pick(10) < 4 ? 0 : pick(10) < 8 ? 1 : pick(4));
    f.message = f.kind == FactKind::message ? MessageId{order} : any_reply(order);
    if (f.kind == FactKind::undo && pick(2)) f.message = {};  // of a close
    f.message_kind = f.actor == ActorKind::agent ? agents[pick(4)] : customers[pick(5)];
    f.closes = pick(3) == 0;
    if (f.kind == FactKind::assign || f.actor == ActorKind::agent) f.agent = AgentId{7 + pick(2)};
    if (f.kind == FactKind::merge || f.kind == FactKind::split) f.other = any_ticket();
    if (f.kind == FactKind::split)
      for (int i = 0; i < 3; ++i) f.messages.push_back(any_message(order));
    return f;
  }

  std::mt19937_64 random_;
  std::vector<MessageId> replies_;
  int tickets_ = 1;
  int now_ = 0;
};

std::string described(std::span<const Fact> facts) {
  std::string text;
  for (const Fact& f : facts)
    text += "\n  " + story::minutes(f.at) + " #" + std::to_string(f.ticket.value) + " kind " +
            std::to_string(static_cast<int>(f.kind)) + " actor " + std::string(name(f.actor)) + " " +
            std::string(name(f.message_kind)) + " " + std::to_string(f.message.value) + (f.closes ? " close" : "") +
            " other " + std::to_string(f.other.value);
  return text;
}

void expect_sane(const Reckoning& reckoning) {
  std::set<TicketId> waiting;
  std::set<MessageId> starts;
  for (std::size_t i = 0; i < reckoning.waits.size(); ++i) {
    const Wait& wait = reckoning.waits[i];
    EXPECT_TRUE(starts.insert(wait.started_by).second) << "a message starts one wait";
    EXPECT_EQ(wait.ended_at.has_value(), wait.ending != Ending::running);
    if (wait.ended_at) EXPECT_GE(*wait.ended_at, wait.started_at);
    if (i > 0) EXPECT_GE(wait.started_at, reckoning.waits[i - 1].started_at);
    if (wait.ending == Ending::running) EXPECT_TRUE(waiting.insert(wait.ticket).second) << "one running wait a ticket";
    EXPECT_EQ(wait.ended_by_message.value != 0, wait.ending == Ending::answered);
  }
  for (const TicketClock& ticket : reckoning.tickets) {
    EXPECT_EQ(ticket.closed_at.has_value(), ticket.state == TicketState::closed);
    if (!waiting.contains(ticket.ticket)) continue;
    EXPECT_EQ(ticket.state, TicketState::open) << "who waits, waits in an open ticket";
    EXPECT_FALSE(ticket.is_spam);
    EXPECT_FALSE(ticket.merged_into);
  }
}

bool reaches_back(const Fact& f) {
  switch (f.kind) {
    case FactKind::undo:
    case FactKind::bounced:
    case FactKind::spam:
    case FactKind::unspam:
    case FactKind::merge:
    case FactKind::unmerge:
    case FactKind::split:
      return true;
    default:
      return false;
  }
}

// What had ended stays as it was, unless a later fact reaches back.
void expect_grown(const Reckoning& before, const Reckoning& after) {
  for (std::size_t i = 0; i < before.waits.size(); ++i)
    if (before.waits[i].ending != Ending::running) EXPECT_EQ(before.waits[i], after.waits[i]);
}

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(ReckonRandom, AgreesWithASecondReckoningOnEveryPrefix) {
  const auto seed = number_from("FIFTEEN_SEED", std::random_device{}());
  const auto count = number_from("FIFTEEN_HISTORIES", 10'000);
  std::cout << "seed " << seed << ", " << count << " histories\n";
  Histories histories(seed);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::vector<Fact> facts = histories.next();
    Reckoning before;
    for (std::size_t length = 1; length <= facts.size(); ++length) {
      const auto prefix = std::span(facts).first(length);
      const Reckoning now = reckon(prefix);
      expect_sane(now);
      if (!reaches_back(prefix.back())) expect_grown(before, now);
      before = now;
      if (length == facts.size() || length % 7 == n % 7)
        EXPECT_EQ(now.waits, plain::waits({prefix.begin(), prefix.end()}));
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", history " << n << described(prefix);
    }
  }
}

// A fact that only names its ticket.
Fact silent(Fact f) {
  return {.at = f.at, .order = f.order, .kind = FactKind::opened, .ticket = f.ticket};
}

// What is taken back, however much later, is as if it had never happened.
TEST(ReckonRandom, UndoUnspamAndUnmergeRestore) {
  const auto seed = number_from("FIFTEEN_SEED", std::random_device{}());
  const auto count = number_from("FIFTEEN_HISTORIES", 10'000);
  std::cout << "seed " << seed << ", " << count << " histories\n";
  Histories histories(seed);
  std::mt19937_64 random(seed);
  std::map<FactKind, std::size_t> mattered;
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::vector<Fact> facts = histories.next();
    const std::size_t i = random() % facts.size(), j = i + random() % (facts.size() - i);
    const auto expect_restored = [&](std::vector<Fact> with, Fact back, std::size_t behind) {
      std::vector<Fact> without = with;
      without[i] = silent(with[i]);
      back.at = with[behind].at;
      mattered[back.kind] += reckon(with).waits != reckon(without).waits;
      const auto place = static_cast<std::ptrdiff_t>(behind) + 1;
      with.insert(with.begin() + place, back);
      without.insert(without.begin() + place, silent(back));
      ASSERT_EQ(reckon(with).waits, reckon(without).waits) << "seed " << seed << ", history " << n << described(with);
    };
    Fact back = facts[i];
    if (plain::from_agent(facts[i])) {
      back.kind = FactKind::undo;
      expect_restored(facts, back, j);
    }
    std::vector<Fact> marked = facts;
    for (Fact& f : marked)
      if (f.kind == FactKind::spam || f.kind == FactKind::unspam) f = silent(f);
    marked[i].kind = FactKind::spam;
    back.kind = FactKind::unspam;
    back.ticket = plain::place(plain::merges_before(marked, i), back.ticket);  // which the mark is on
    expect_restored(marked, back, j);
    std::vector<Fact> merged = facts;
    merged[i].kind = FactKind::merge;
    merged[i].other = TicketId{1 + static_cast<std::int64_t>(random() % 4)};
    const auto before = plain::merges_before(merged, i);
    if (plain::merges_before(merged, i + 1).size() == before.size()) continue;  // into itself, or merged already
    back.kind = FactKind::unmerge;
    back.ticket = merged[i].ticket;
    expect_restored(merged, back, i);
  }
  for (const FactKind kind : {FactKind::undo, FactKind::unspam, FactKind::unmerge})
    EXPECT_GT(mattered[kind], count / 200) << name(kind);
}

// As the desk writes it: the undo follows its close, in the same instant.
TEST(ReckonRandom, ACloseTakenBackIsAsIfItHadNotHappened) {
  const auto seed = number_from("FIFTEEN_SEED", std::random_device{}());
  std::cout << "seed " << seed << "\n";
  Histories histories(seed);
  std::size_t closes = 0, mattered = 0;
  for (int n = 0; n < 2'000; ++n) {
    const std::vector<Fact> facts = histories.next();
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::close) continue;
      std::vector<Fact> without = facts, undone = facts;
      without[i].kind = FactKind::opened;  // names the ticket, and that is all
      Fact undo = facts[i];
      undo.kind = FactKind::undo;
      undo.message = {};
      undone.insert(undone.begin() + static_cast<std::ptrdiff_t>(i) + 1, undo);
      ASSERT_EQ(reckon(undone), reckon(without)) << "seed " << seed << ", history " << n << described(undone);
      ++closes;
      mattered += reckon(facts) != reckon(without);
    }
  }
  EXPECT_GT(mattered, closes / 10) << "of " << closes << " closes";
}

// The plain reckoning must be able to tell a wrong one: a reply that counts although it was undone is seen.
TEST(ReckonRandom, SecondReckoningSeesADifference) {
  auto facts = story::facts("0 ask 1, 4 reply 2, 4.1 undo 2");
  EXPECT_EQ(reckon(facts).waits, plain::waits(facts));
  EXPECT_NE(reckon(std::span(facts).first(2)).waits, plain::waits(facts));
}

TEST(ReckonLong, ThousandsOfFactsTakeMilliseconds) {
  std::vector<Fact> facts;
  for (int i = 0; i < 20'000; ++i) {
    Fact f{.at = story::minute(i), .order = i + 1, .ticket = TicketId{1}, .message = MessageId{i + 1}};
    f.actor = i % 2 ? ActorKind::agent : ActorKind::customer;
    f.message_kind = i % 2 ? MessageKind::reply : MessageKind::message;
    facts.push_back(f);
  }
  const Reckoning reckoning = reckon(facts);
  EXPECT_EQ(reckoning.waits.size(), 10'000u);
  EXPECT_TRUE(std::ranges::all_of(reckoning.waits, [](const Wait& w) { return w.ending == Ending::answered; }));
}

}  // namespace
}  // namespace fifteen
