#include <gtest/gtest.h>

#include "tests/domain/story.hpp"

// Every line of docs/clock on what starts and ends a wait: what happened, the waits, where the ticket stands.
namespace fifteen {
namespace {

struct Line {
  const char* rule;
  const char* story;
  const char* waits;
  const char* tickets = "open";
};

void expect(std::initializer_list<Line> lines) {
  for (const Line& line : lines) {
    const Reckoning reckoning = reckon(story::facts(line.story));
    EXPECT_EQ(story::told(reckoning.waits), line.waits) << line.rule << "\n  " << line.story;
    EXPECT_EQ(story::told(reckoning.tickets), line.tickets) << line.rule << "\n  " << line.story;
  }
}

TEST(Reckon, WhatStartsAWait) {
  expect({
      {"nothing happened", "0 assign 7", ""},
      {"a customer's message", "3 ask 1", "first 1 3- running"},
      {"a second message keeps the first start", "0 ask 1, 2 ask 2, 5 ask 3", "first 1 0- running"},
      {"a message after an answer is the next wait", "0 ask 1, 4 reply 2, 9 ask 3",
       "first 1 0-4 answered by 7; next 3 9- running"},
      {"a message on a closed ticket begins a new episode", "0 ask 1, 4 reply 2 close, 9 ask 3",
       "first 1 0-4 answered by 7; first 3 9- running"},
      {"one of no waits is not answered by a reply", "0 opened, 0 reply 1, 1 reply 2, 8 ask 3", "first 3 8- running"},
      {"and only the first wait of it is first", "0 ask 1, 4 reply 2 close, 9 ask 3, 10 reply 4, 11 ask 5",
       "first 1 0-4 answered by 7; first 3 9-10 answered by 7; next 5 11- running"},
  });
}

TEST(Reckon, WhatNeverStartsAWaitNorReopens) {
  expect({
      {"auto-submitted mail, out of office, list bulk", "0 auto 1", ""},
      {"a delivery report", "0 report 1", ""},
      {"spam", "0 junk 1", ""},
      {"ratings and survey answers", "0 rate 1", ""},
      {"internal notes", "0 note 1", ""},
      {"a third party's mail", "0 third 1", ""},
      {"a ticket that an agent starts", "0 opened, 0 reply 1", ""},
      {"there the first wait starts with the customer's answer", "0 opened, 0 reply 1, 8 ask 2", "first 2 8- running"},
      {"an agent-started ticket closed at once", "0 opened, 0 reply 1 close, 8 ask 2", "first 2 8- running"},
      {"none of them reopens",
       "0 ask 1, 1 reply 2 close, 2 auto 3, 3 report 4, 4 junk 5, 5 rate 6, 6 note 7, 7 third 8",
       "first 1 0-1 answered by 7", "closed"},
      {"none of them ends a wait", "0 ask 1, 2 auto 3, 3 report 4, 4 junk 5, 5 rate 6, 6 note 7, 7 third 8",
       "first 1 0- running"},
  });
}

TEST(Reckon, WhatEndsAWait) {
  expect({
      {"a human agent's public reply", "0 ask 1, 4 reply 2", "first 1 0-4 answered by 7"},
      {"counts for that agent", "0 ask 1, 1 assign 8, 4 reply 2 by 9", "first 1 0-4 answered by 9"},
      {"an agent closes without a reply", "0 ask 1, 4 close", "first 1 0-4 closed_unanswered by 7", "closed"},
      {"a note that closes is no reply", "0 ask 1, 4 note 2 close", "first 1 0-4 closed_unanswered by 7", "closed"},
      {"the customer says it is solved", "0 ask 1, 4 solved", "first 1 0-4 self_solved", "closed"},
      {"a reply that closes is answered first", "0 ask 1, 4 reply 2 close", "first 1 0-4 answered by 7", "closed"},
      {"a second reply answers nothing", "0 ask 1, 4 reply 2, 5 reply 3 by 9", "first 1 0-4 answered by 7"},
      {"a wait of no time", "0 ask 1, 0 reply 2", "first 1 0-0 answered by 7"},
  });
}

TEST(Reckon, WhatNeverEndsAWait) {
  expect({
      {"acknowledgements and suggestion mails", "0 ask 1, 0 ack 2", "first 1 0- running"},
      {"rules and bots", "0 ask 1, 1 bot 2", "first 1 0- running"},
      {"nor does a bot's closing reply", "0 ask 1, 1 bot 2 close", "first 1 0- running"},
      {"a bot closes only where nobody waits", "0 ask 1, 1 reply 2, 2 bot 3 close", "first 1 0-1 answered by 7",
       "closed"},
      {"notes", "0 ask 1, 1 note 2", "first 1 0- running"},
      {"assignment", "0 ask 1, 1 assign 7, 2 assign 0", "first 1 0- running"},
      {"a third party's word, as when an agent writes from her own address", "0 ask 1, 1 third 2",
       "first 1 0- running"},
      {"an agent's reopening of an open ticket", "0 ask 1, 1 reopen", "first 1 0- running"},
  });
}

TEST(Reckon, ClosingAndReopening) {
  expect({
      {"a reply on a closed ticket leaves it closed", "0 ask 1, 1 close, 2 reply 2",
       "first 1 0-1 closed_unanswered by 7", "closed"},
      {"closing a closed ticket does nothing", "0 ask 1, 1 close, 2 close, 3 solved",
       "first 1 0-1 closed_unanswered by 7", "closed"},
      {"reopening an open one does nothing", "0 ask 1, 1 reply 2, 2 reopen, 3 ask 4",
       "first 1 0-1 answered by 7; next 4 3- running"},
      {"an agent's reopening begins a new episode", "0 ask 1, 1 reply 2 close, 2 reopen, 3 ask 4",
       "first 1 0-1 answered by 7; first 4 3- running"},
      {"reopening starts no wait", "0 ask 1, 1 close, 2 reopen", "first 1 0-1 closed_unanswered by 7"},
      {"a customer's close without a running wait ends none", "0 ask 1, 1 reply 2, 2 solved",
       "first 1 0-1 answered by 7", "closed"},
      {"an agent's close neither", "0 ask 1, 1 reply 2, 2 close", "first 1 0-1 answered by 7", "closed"},
  });
}

TEST(Reckon, UndoneRepliesNeverWere) {
  expect({
      {"the wait runs on from its old start", "0 ask 1, 4 reply 2, 4.1 undo 2", "first 1 0- running"},
      {"the close goes too", "0 ask 1, 4 reply 2 close, 4.1 undo 2", "first 1 0- running"},
      {"a message in between changes nothing then", "0 ask 1, 4 reply 2 close, 4.05 ask 3, 4.1 undo 2",
       "first 1 0- running"},
      {"the next reply answers", "0 ask 1, 4 reply 2, 4.1 undo 2, 6 reply 3 by 9", "first 1 0-6 answered by 9"},
      {"an undone close leaves the episode whole", "0 ask 1, 1 reply 2, 4 reply 3 close, 4.1 undo 3, 5 ask 4",
       "first 1 0-1 answered by 7; next 4 5- running"},
      {"an unknown message", "0 ask 1, 1 undo 99", "first 1 0- running"},
      {"a customer's message can't be undone", "0 ask 1, 1 undo 1", "first 1 0- running"},
  });
}

TEST(Reckon, UndoneClosesNeverWere) {
  expect({
      {"the wait runs on from its old start", "0 ask 1, 4 close, 4.1 unclose", "first 1 0- running"},
      {"it leaves the episode whole", "0 ask 1, 1 reply 2, 4 close, 4.1 unclose, 5 ask 4",
       "first 1 0-1 answered by 7; next 4 5- running"},
      {"the next close counts", "0 ask 1, 4 close, 4.1 unclose, 6 close", "first 1 0-6 closed_unanswered by 7",
       "closed"},
      {"of two closes the last", "0 ask 1, 4 close, 5 ask 2, 6 close, 6.1 unclose",
       "first 1 0-4 closed_unanswered by 7; first 2 5- running"},
      {"one after the other both", "0 ask 1, 4 close, 5 ask 2, 6 close, 6.1 unclose, 6.2 unclose",
       "first 1 0- running"},
      {"not another ticket's", "0 ask 1, 1 #2 ask 2, 4 close, 4.1 #2 unclose",
       "first 1 0-4 closed_unanswered by 7; #2 first 2 1- running", "#1 closed, #2 open"},
      {"not the customer's word", "0 ask 1, 4 solved, 4.1 unclose", "first 1 0-4 self_solved", "closed"},
      {"that is the customer's", "0 ask 1, 4 solved, 4.1 unsolved", "first 1 0- running"},
      {"who can't take back an agent's", "0 ask 1, 4 close, 4.1 unsolved", "first 1 0-4 closed_unanswered by 7",
       "closed"},
      {"nor the close of a reply", "0 ask 1, 4 reply 2 close, 4.1 unclose", "first 1 0-4 answered by 7", "closed"},
      {"nothing to take back", "0 ask 1, 4 unclose", "first 1 0- running"},
  });
  auto by_another = story::facts("0 ask 1, 4 close, 4.1 unclose");
  by_another.back().agent = AgentId{9};
  EXPECT_EQ(story::told(reckon(by_another).waits), "first 1 0-4 closed_unanswered by 7");
}

TEST(Reckon, BouncedRepliesAnsweredNobody) {
  expect({
      {"the old wait runs on from its old start", "0 ask 1, 4 reply 2, 9 bounced 2", "first 1 0- running"},
      {"or ends with the next reply that did not bounce", "0 ask 1, 4 reply 2, 9 bounced 2, 12 reply 3",
       "first 1 0-12 answered by 7"},
      {"also when that came before the report", "0 ask 1, 4 reply 2, 6 reply 3 by 9, 9 bounced 2",
       "first 1 0-6 answered by 9"},
      {"the ticket is open again", "0 ask 1, 4 reply 2 close, 9 bounced 2", "first 1 0- running"},
      {"in the same episode", "0 ask 1, 4 reply 2 close, 9 bounced 2, 10 reply 3, 11 ask 4",
       "first 1 0-10 answered by 7; next 4 11- running"},
      {"an agent's closing in between never was", "0 ask 1, 4 reply 2, 6 close, 9 bounced 2", "first 1 0- running"},
      {"nor one with a note", "0 ask 1, 4 reply 2, 6 note 3 close, 9 bounced 2", "first 1 0- running"},
      {"nor the episode that a message began after it", "0 ask 1, 4 reply 2 close, 6 ask 3, 9 bounced 2",
       "first 1 0- running"},
      {"a closing before the reply stays", "0 ask 1, 2 close, 4 reply 2, 9 bounced 2",
       "first 1 0-2 closed_unanswered by 7"},
      {"a closing after the report stays", "0 ask 1, 4 reply 2, 9 bounced 2, 10 close",
       "first 1 0-10 closed_unanswered by 7", "closed"},
      {"a closing with a reply of its own stays, yet the ticket opens",
       "0 ask 1, 4 reply 2, 6 reply 3 close, 9 bounced 2", "first 1 0-6 answered by 7"},
      {"the customer's own word stays, yet the ticket opens", "0 ask 1, 4 reply 2, 6 solved, 9 bounced 2",
       "first 1 0-6 self_solved"},
      {"a second report changes nothing", "0 ask 1, 4 reply 2, 9 bounced 2, 10 close, 11 bounced 2",
       "first 1 0-10 closed_unanswered by 7", "closed"},
      {"two replies that both bounce", "0 ask 1, 4 reply 2, 5 reply 3, 9 bounced 2, 10 bounced 3",
       "first 1 0- running"},
      {"a reply on a closed ticket that bounces opens it", "0 ask 1, 1 reply 2 close, 4 reply 3, 9 bounced 3, 10 ask 4",
       "first 1 0-1 answered by 7; next 4 10- running"},
      {"an acknowledgement's bounce changes nothing", "0 ask 1, 0 ack 2, 1 reply 3 close, 9 bounced 2",
       "first 1 0-1 answered by 7", "closed"},
      {"an undone reply can't bounce", "0 ask 1, 4 reply 2 close, 4.1 undo 2, 5 close, 9 bounced 2",
       "first 1 0-5 closed_unanswered by 7", "closed"},
      {"before the report nothing is known of it", "0 ask 1, 4 reply 2 close", "first 1 0-4 answered by 7", "closed"},
  });
}

TEST(Reckon, SpamMakesAllWaitsVoid) {
  expect({
      {"a running wait", "0 ask 1, 4 spam", "first 1 0-4 void", "open spam"},
      {"an ended one", "0 ask 1, 2 reply 2, 4 spam", "first 1 0-2 void", "open spam"},
      {"one that starts meanwhile", "0 opened, 4 spam, 5 ask 1", "first 1 5-5 void", "open spam"},
      {"a reply meanwhile ends nothing", "0 ask 1, 4 spam, 5 reply 2", "first 1 0-4 void", "open spam"},
      {"marking twice is marking once", "0 ask 1, 4 spam, 5 spam", "first 1 0-4 void", "open spam"},
      {"undone, as if it never had been", "0 ask 1, 4 spam, 5 unspam", "first 1 0- running"},
      {"what came meanwhile counts at its own instant", "0 ask 1, 4 spam, 5 reply 2, 6 ask 3, 7 unspam",
       "first 1 0-5 answered by 7; next 3 6- running"},
      {"marked again", "0 ask 1, 4 spam, 5 unspam, 8 spam", "first 1 0-8 void", "open spam"},
      {"a closing meanwhile too", "0 ask 1, 4 spam, 5 close, 7 unspam", "first 1 0-5 closed_unanswered by 7", "closed"},
      {"but not before it is undone", "0 ask 1, 4 spam, 5 close", "first 1 0-4 void", "closed spam"},
      {"un-spam of what is no spam", "0 ask 1, 4 unspam", "first 1 0- running"},
  });
}

TEST(Reckon, EventsOfOneInstantHappenInOrderOfArrival) {
  expect({
      {"message, then reply", "0 ask 1, 0 reply 2", "first 1 0-0 answered by 7"},
      {"reply, then message", "0 opened, 0 reply 2, 0 ask 1", "first 1 0- running"},
      {"close, then message", "0 ask 1, 4 close, 4 ask 2", "first 1 0-4 closed_unanswered by 7; first 2 4- running"},
      {"message, then close", "0 ask 1, 4 ask 2, 4 close", "first 1 0-4 closed_unanswered by 7", "closed"},
  });
}

}  // namespace
}  // namespace fifteen
