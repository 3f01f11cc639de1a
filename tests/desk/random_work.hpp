#pragma once
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include "server/desk/tickets/facts.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/domain/target.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {

// Whatever people do in whatever order: the rows are what the facts say.
class RandomWork : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    std::cout << "FIFTEEN_SEED=" << seed_ << "\n";
  }

  void step() {
    now += std::chrono::seconds{random() % 400};
    if (tickets_.empty() || chance(8)) {
      tickets_.push_back(asked_by("joe" + std::to_string(random() % 3) + "@client.example"));
      return;
    }
    const TicketId id = any(tickets_);
    switch (random() % 14) {
      case 0:
      case 1:
        receive(mail_from(requester(id), "And?"), reply_address(id));
        break;
      case 2:
      case 3:
        if (const auto sent =
                reply(id, {.text = "Here", .close = chance(2), .undo = std::chrono::seconds{chance(2) ? 60 : 0}}))
          replies_.push_back(sent->id);
        break;
      case 4:
        static_cast<void>(reply(id, {.kind = MessageKind::note, .text = "Hm", .close = chance(4)}));
        break;
      case 5:
        act([&](store::Session& sql) { static_cast<void>(close_ticket(sql, bob, id, now)); });
        [[fallthrough]];
      case 13:
        if (chance(2)) now += std::chrono::seconds{random() % 90};
        if (chance(2)) act([&](store::Session& sql) { taken_back_ += take_back_close(sql, bob, id, now).has_value(); });
        break;
      case 6:
        act([&](store::Session& sql) { static_cast<void>(reopen_ticket(sql, bob, id, now)); });
        break;
      case 7:
        act([&](store::Session& sql) { static_cast<void>(mark_spam(sql, ana, id, now)); });
        break;
      case 11:
        act([&](store::Session& sql) { static_cast<void>(unmark_spam(sql, ana, id, now)); });
        break;
      case 8:
        merge(id, any(tickets_));
        break;
      case 9:
        act([&](store::Session& sql) { static_cast<void>(unmerge_ticket(sql, ana, id, now)); });
        break;
      case 10:
        if (!replies_.empty()) {
          const MessageId sent = any(replies_);
          if (chance(2))
            act([&](store::Session& sql) { reply_bounced(sql, sent, "5.1.1", now); });
          else
            act([&](store::Session& sql) { static_cast<void>(undo_reply(sql, ana, sent, now)); });
        }
        break;
      default:
        split(id);
    }
  }

  void check() {
    db().read_now([&](store::Session& sql) {
      for (const TicketId id : tickets_) {
        const auto kept = *store::find_ticket(sql, id);
        std::vector<Fact> facts;
        for (const auto& event : kept.family ? store::events_of_family(sql, kept.family) : store::events_of(sql, id))
          if (auto fact = to_fact(event)) facts.push_back(*fact);
        const Reckoning reckoning = reckon(facts);
        std::vector<Wait> want, rows;
        for (const Wait& wait : reckoning.waits)
          if (wait.ticket == id) want.push_back(wait);
        for (const store::WaitRow& row : store::waits_of(sql, id)) {
          rows.push_back(row.wait);
          EXPECT_EQ(row.due_at, row.wait.started_at + default_target);
          EXPECT_EQ(row.wall.has_value(), row.wait.ended_at.has_value());
        }
        const auto by_start = [](const Wait& a, const Wait& b) {
          return std::tie(a.started_at, a.started_by) < std::tie(b.started_at, b.started_by);
        };
        std::ranges::sort(want, by_start);
        std::ranges::sort(rows, by_start);
        EXPECT_EQ(rows, want) << "ticket " << id.value;
        const auto clock = std::ranges::find(reckoning.tickets, id, &TicketClock::ticket);
        ASSERT_NE(clock, reckoning.tickets.end());
        EXPECT_EQ(kept.summary.state, clock->state);
        EXPECT_EQ(kept.summary.is_spam, clock->is_spam);
        EXPECT_EQ(kept.summary.merged_into, clock->merged_into);
        const bool runs = std::ranges::any_of(want, [](const Wait& wait) { return wait.ending == Ending::running; });
        EXPECT_EQ(kept.summary.wait_kind != store::WaitKind::none, runs);
      }
    });
  }

  int taken_back_ = 0;
  const std::vector<TicketId>& tickets() const { return tickets_; }
  const unsigned seed_ = std::getenv("FIFTEEN_SEED") ? static_cast<unsigned>(std::atoi(std::getenv("FIFTEEN_SEED")))
                                                     : std::random_device{}();
  std::mt19937 random{seed_};

 private:
  bool chance(unsigned one_in) { return random() % one_in == 0; }
  template <class T>
  T any(const std::vector<T>& some) {
    return some[random() % some.size()];
  }
  template <class Job>
  void act(Job job) {
    write([&](store::Session& sql) { job(sql); });
  }
  std::string requester(TicketId id) {
    return db().read_now(
        [&](store::Session& sql) { return store::find_customer(sql, store::find_ticket(sql, id)->customer)->email; });
  }
  void merge(TicketId from, TicketId into) {
    act([&](store::Session& sql) { static_cast<void>(merge_tickets(sql, ana, from, into, now)); });
  }
  void split(TicketId id) {
    const auto here = messages(id);
    if (here.size() < 3) return;
    const std::vector<MessageId> some = {any(here).id};
    const auto part = write([&](store::Session& sql) { return split_ticket(sql, ana, id, some, now); });
    if (part) tickets_.push_back(*part);
  }

  std::vector<TicketId> tickets_;
  std::vector<MessageId> replies_;
};

}  // namespace fifteen::desk
