#include <gtest/gtest.h>

#include "tests/domain/story.hpp"

// Merge, un-merge and split (docs/clock). Ticket 1 goes unsaid.
namespace fifteen {
namespace {

struct Line {
  const char* rule;
  const char* story;
  const char* waits;
  const char* tickets;
};

void expect(std::initializer_list<Line> lines) {
  for (const Line& line : lines) {
    const Reckoning reckoning = reckon(story::facts(line.story));
    EXPECT_EQ(story::told(reckoning.waits), line.waits) << line.rule << "\n  " << line.story;
    EXPECT_EQ(story::told(reckoning.tickets), line.tickets) << line.rule << "\n  " << line.story;
  }
}

TEST(ReckonMerge, MovesAllWaitsToTheTarget) {
  expect({
      {"ended and running ones", "0 ask 1, 1 reply 2, 2 ask 3, 3 #2 opened, 5 merge 2",
       "#2 first 1 0-1 answered by 7; #2 next 3 2- running", "#1 open in 2, #2 open"},
      {"of two running waits the earlier start stays", "0 ask 1, 2 #2 ask 2, 5 #2 merge 1",
       "first 1 0- running; first 2 2-5 void", "#1 open, #2 open in 1"},
      {"whichever is the target", "0 ask 1, 2 #2 ask 2, 5 merge 2", "#2 first 1 0- running; #2 first 2 2-5 void",
       "#1 open in 2, #2 open"},
      {"of equal starts the earlier arrival stays", "0 ask 1, 0 #2 ask 2, 5 merge 2",
       "#2 first 1 0- running; #2 first 2 0-5 void", "#1 open in 2, #2 open"},
      {"each stays first or next as it was",
       "0 ask 1, 1 reply 2, 2 ask 3, 0 #2 ask 4, 1 #2 reply 5, 6 merge 2, 7 #2 reply 6",
       "#2 first 1 0-1 answered by 7; #2 next 3 2-7 answered by 7; #2 first 4 0-1 answered by 7",
       "#1 open in 2, #2 open"},
  });
}

TEST(ReckonMerge, TargetIsOpenIfEitherWas) {
  expect({
      {"both closed", "0 ask 1, 1 close, 2 #2 ask 2, 3 #2 close, 5 merge 2",
       "#2 first 1 0-1 closed_unanswered by 7; #2 first 2 2-3 closed_unanswered by 7", "#1 closed in 2, #2 closed"},
      {"only the target", "0 ask 1, 1 close, 2 #2 ask 2, 5 merge 2",
       "#2 first 1 0-1 closed_unanswered by 7; #2 first 2 2- running", "#1 closed in 2, #2 open"},
      {"only the merged one: its episode goes on there",
       "0 #2 ask 1, 1 #2 close, 2 ask 2, 3 reply 3, 5 merge 2, 6 #2 ask 4",
       "#2 first 1 0-1 closed_unanswered by 7; #2 first 2 2-3 answered by 7; #2 next 4 6- running",
       "#2 open, #1 open in 2"},
      {"a merged episode without a wait of its own", "0 #2 ask 1, 1 #2 close, 2 opened, 5 merge 2, 6 #2 ask 4",
       "#2 first 1 0-1 closed_unanswered by 7; #2 first 4 6- running", "#2 open, #1 open in 2"},
      {"two open episodes are one: its first response has been",
       "0 ask 1, 1 reply 2, 2 #2 opened, 5 merge 2, 6 #2 ask 4", "#2 first 1 0-1 answered by 7; #2 next 4 6- running",
       "#1 open in 2, #2 open"},
  });
}

TEST(ReckonMerge, LaterFactsOfTheMergedTicketCountForTheTarget) {
  expect({
      {"a reply", "0 ask 1, 2 #2 opened, 5 merge 2, 7 reply 3", "#2 first 1 0-7 answered by 7",
       "#1 open in 2, #2 open"},
      {"through several merges", "0 ask 1, 2 #2 opened, 3 #3 opened, 5 merge 2, 6 #2 merge 3, 7 reply 3",
       "#3 first 1 0-7 answered by 7", "#1 open in 2, #2 open in 3, #3 open"},
      {"a bounce of the merged ticket's reply opens the target",
       "0 ask 1, 1 reply 2, 2 #2 opened, 3 merge 2, 4 #2 close, 9 bounced 2", "#2 first 1 0- running",
       "#1 open in 2, #2 open"},
      {"a closing of the target before the merge was another ticket's",
       "0 #2 ask 5, 1 ask 1, 2 reply 2, 3 #2 close, 4 merge 2, 9 bounced 2",
       "#2 first 5 0-3 closed_unanswered by 7; #2 first 1 1- running", "#2 open, #1 open in 2"},
      {"nor is it any more after the un-merge",
       "0 ask 1, 1 #2 ask 5, 1 reply 2, 2 merge 2, 3 unmerge, 4 #2 close, 9 bounced 2",
       "first 1 0- running; #2 first 5 1-4 closed_unanswered by 7", "#1 open, #2 closed"},
      {"a bounce settles anew which running wait stayed", "0 ask 1, 1 reply 2, 2 #2 ask 3, 4 merge 2, 9 #2 bounced 2",
       "#2 first 1 0- running; #2 first 3 2-4 void", "#1 open in 2, #2 open"},
  });
}

TEST(ReckonMerge, MakesNoSenseAndChangesNothing) {
  expect({
      {"into itself", "0 ask 1, 1 merge 1", "first 1 0- running", "open"},
      {"in a ring", "0 ask 1, 0 #2 opened, 1 merge 2, 2 #2 merge 1, 3 #2 reply 2", "#2 first 1 0-3 answered by 7",
       "#1 open in 2, #2 open"},
      {"twice", "0 ask 1, 0 #2 opened, 0 #3 opened, 1 merge 2, 2 merge 3", "#2 first 1 0- running",
       "#1 open in 2, #2 open, #3 open"},
      {"un-merge of what is not merged", "0 ask 1, 1 unmerge", "first 1 0- running", "open"},
  });
}

TEST(ReckonUnmerge, RestoresBoth) {
  expect({
      {"the void wait comes back with its old start", "0 ask 1, 2 #2 ask 2, 5 #2 merge 1, 8 #2 unmerge",
       "first 1 0- running; #2 first 2 2- running", "#1 open, #2 open"},
      {"what came after the merge stays with the target", "0 ask 1, 2 #2 ask 2, 5 merge 2, 6 #2 reply 3, 8 unmerge",
       "first 1 0- running; #2 first 2 2-6 answered by 7", "#1 open, #2 open"},
      {"also what was said to the merged one", "0 ask 1, 2 #2 ask 2, 5 merge 2, 6 reply 3, 8 unmerge",
       "first 1 0- running; #2 first 2 2-6 answered by 7", "#1 open, #2 open"},
      {"a closed target is closed again", "0 #2 ask 1, 1 #2 close, 2 ask 2, 5 merge 2, 8 unmerge",
       "#2 first 1 0-1 closed_unanswered by 7; first 2 2- running", "#2 closed, #1 open"},
      {"and may be merged once more", "0 ask 1, 2 #2 ask 2, 5 merge 2, 8 unmerge, 9 merge 2",
       "#2 first 1 0- running; #2 first 2 2-9 void", "#1 open in 2, #2 open"},
      {"out of the middle of a chain",
       "0 ask 1, 1 #2 ask 2, 2 #3 ask 3, 4 merge 2, 5 #2 merge 3, 6 #2 unmerge, 7 #2 reply 4",
       "#2 first 1 0-7 answered by 7; #2 first 2 1-4 void; #3 first 3 2- running", "#1 open in 2, #2 open, #3 open"},
  });
}

TEST(ReckonMerge, AndSpam) {
  expect({
      {"a merged spam ticket's waits stay void and oust nobody", "0 ask 1, 1 spam, 2 #2 ask 2, 3 merge 2",
       "#2 first 1 0-1 void; #2 first 2 2- running", "#1 open spam in 2, #2 open"},
      {"un-spam brings them in as if never marked", "0 ask 1, 1 spam, 2 #2 ask 2, 3 merge 2, 4 unspam",
       "#2 first 1 0- running; #2 first 2 2-3 void", "#1 open in 2, #2 open"},
      {"what moves to a spam ticket is void from then on", "0 ask 1, 1 #2 ask 2, 2 #2 spam, 3 merge 2",
       "#2 first 1 0-3 void; #2 first 2 1-2 void", "#1 open in 2, #2 open spam"},
  });
}

TEST(ReckonSplit, TakesAlongTheWaitsWhoseStartingMessageMoved) {
  expect({
      {"a running one", "0 ask 1, 1 #2 opened, 1 split 2 1", "#2 first 1 0- running", "#1 open, #2 open"},
      {"an ended one with its ending", "0 ask 1, 2 reply 2, 5 ask 3, 6 #2 opened, 6 split 2 1 2",
       "#2 first 1 0-2 answered by 7; next 3 5- running", "#1 open, #2 open"},
      {"not one whose starting message stayed", "0 ask 1, 2 ask 2, 5 #2 opened, 5 split 2 2", "first 1 0- running",
       "#1 open, #2 open"},
      {"each goes on where it is now", "0 ask 1, 1 #2 opened, 1 split 2 1, 3 reply 5, 4 #2 reply 6 by 9",
       "#2 first 1 0-4 answered by 9", "#1 open, #2 open"},
      {"the new ticket's episode has had its first wait", "0 ask 1, 1 reply 2, 2 #2 opened, 2 split 2 1 2, 3 #2 ask 3",
       "#2 first 1 0-1 answered by 7; #2 next 3 3- running", "#1 open, #2 open"},
      {"a moved reply that bounces opens the ticket it is in",
       "0 ask 1, 1 reply 2, 2 #2 opened, 2 split 2 1 2, 3 #2 close, 4 close, 9 bounced 2", "#2 first 1 0- running",
       "#1 closed, #2 open"},
      {"a running wait keeps its ticket open", "0 ask 1, 1 #2 opened, 1 #2 close, 2 split 2 1", "#2 first 1 0- running",
       "#1 open, #2 open"},
      {"never two running waits", "0 ask 1, 1 #2 ask 2, 3 split 2 1", "#2 first 1 0- running; #2 first 2 1-3 void",
       "#1 open, #2 open"},
  });
}

}  // namespace
}  // namespace fifteen
