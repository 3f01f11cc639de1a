#include "server/desk/tickets/facts.hpp"

#include <gtest/gtest.h>

namespace fifteen::desk {
namespace {

TEST(Facts, AnEventTellsTheFactThatMadeIt) {
  const Instant at = from_us(1'780'000'000'000'001);
  const Fact facts[] = {
      {.at = at, .kind = FactKind::opened, .ticket = TicketId{1}, .actor = ActorKind::customer},
      {.at = at,
       .kind = FactKind::message,
       .ticket = TicketId{1},
       .actor = ActorKind::agent,
       .agent = AgentId{7},
       .message = MessageId{3},
       .message_kind = MessageKind::reply,
       .closes = true},
      {.at = at, .kind = FactKind::assign, .ticket = TicketId{1}, .actor = ActorKind::agent, .agent = AgentId{8}},
      {.at = at, .kind = FactKind::assign, .ticket = TicketId{1}, .actor = ActorKind::agent},
      {.at = at,
       .kind = FactKind::merge,
       .ticket = TicketId{1},
       .actor = ActorKind::agent,
       .agent = AgentId{7},
       .other = TicketId{2}},
      {.at = at,
       .kind = FactKind::split,
       .ticket = TicketId{1},
       .actor = ActorKind::agent,
       .agent = AgentId{7},
       .other = TicketId{9},
       .messages = {MessageId{3}, MessageId{4}}},
      {.at = at, .kind = FactKind::bounced, .ticket = TicketId{1}, .message = MessageId{3}},
  };
  for (const Fact& fact : facts) {
    store::Event event = to_event(fact);
    event.id = EventId{5};
    const auto read = to_fact(event);
    ASSERT_TRUE(read) << event.kind;
    EXPECT_EQ(read->at, fact.at);
    EXPECT_EQ(read->order, 5);
    EXPECT_EQ(read->kind, fact.kind);
    EXPECT_EQ(read->ticket, fact.ticket);
    EXPECT_EQ(read->actor, fact.actor) << event.kind;
    EXPECT_EQ(read->agent, fact.agent) << event.kind;
    EXPECT_EQ(read->message, fact.message);
    EXPECT_EQ(read->message_kind, fact.message_kind);
    EXPECT_EQ(read->closes, fact.closes);
    EXPECT_EQ(read->other, fact.other);
    EXPECT_EQ(read->messages, fact.messages);
  }
}

TEST(Facts, OtherEventsAreNone) {
  for (const char* kind : {"tag", "rated", "delivery", "article"})
    EXPECT_FALSE(to_fact({.kind = kind, .ticket = TicketId{1}})) << kind;
}

}  // namespace
}  // namespace fifteen::desk
