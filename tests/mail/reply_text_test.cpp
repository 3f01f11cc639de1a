#include "mail/reply_text.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "mail/html_text.hpp"

namespace fifteen::mail {

TEST(SplitReply, FoldsTheThreadBelowTheAnswer) {
  for (const char* thread : {
           "On Mon, Apr 2, 2012 at 6:26 PM, Megan One <m@example.com> wrote:\n\n> Hi",
           "On Wed, May 18, 2016 at 11:10 PM Steven Scott\n<s@example.com>\nwrote:\n\nHi, unmarked",
           "Am 02.04.2012 um 14:20 schrieb Bob <bob@example.com>:\n> Hallo",
           "Le lun. 15 nov. 2021 à 19:42, John - Acme <john@example.com>\na écrit :\n\nBonjour",
           "02.04.2012 14:20 пользователь \"Bob\" <\nbob@example.com> написал:\n\n> Привет",
           "2024年3月5日 10:00 Bob <bob@example.com>:\n\n> こんにちは",
           "tir. 18. apr. 2017 kl. 13:09 skrev Test <test@example.com\n>:\n\n> Ok.",
           "-----Original Message-----\nFrom: bob\nTo: me\nSubject: x\n\nHi",
           "-------- Oprindelig besked --------\nFra: A <a@example.com>\nEmne: x",
           "________________________________\nVon: Bob <bob@example.com>\nGesendet: Montag\nAn: mich\nBetreff: "
           "x\n\nHallo",
           "От: Bob\nОтправлено: четверг\nКому: Alex\n\nHello",
           "> Hi\n> there",
           "##- Please type your reply above this line -##\n\nYour ticket",
           "\u202Bבתאריך 5 בפבר׳ 2024 ב-10:11 מאת \u202AJoe\u202C <\u202As@example.com\u202C>:\u202C\n\n> x",
       }) {
    const auto reply = split_reply("I am fine.\n\n" + std::string(thread) + "\n");
    EXPECT_EQ(reply.visible, "I am fine.") << thread;
    EXPECT_NE(reply.folded.find(std::string(thread).substr(0, 12)), std::string::npos) << thread;
  }
}

TEST(SplitReply, KeepsAnswersBetweenQuotedLines) {
  const auto reply = split_reply("On 3 Apr 2012, bob wrote:\n> First question?\n\nYes.\n\n> Second question?\n\nNo.\n");
  EXPECT_EQ(reply.visible, "Yes.\n\n> Second question?\n\nNo.");
  EXPECT_EQ(reply.folded, "On 3 Apr 2012, bob wrote:\n> First question?");
}

TEST(SplitReply, SetsSignaturesApart) {
  struct Case {
    const char* text;
    const char* signature;
  };
  for (const Case c :
       {Case{"Hello\n\n-- \nRick\n", "-- \nRick"}, Case{"Hello\n\nSent from my iPhone\n", "Sent from my iPhone"},
        Case{"Hello\n\nVon meinem Telefon gesendet\n", "Von meinem Telefon gesendet"},
        Case{"Hello\n\nBest regards\nJoe Smith\nAcme Ltd\njoe@example.com\n",
             "Best regards\nJoe Smith\nAcme Ltd\njoe@example.com"},
        Case{"Hello\n\n-Joe Smith\n", "-Joe Smith"}}) {
    const auto reply = split_reply(c.text);
    EXPECT_EQ(reply.visible, "Hello") << c.text;
    EXPECT_EQ(reply.signature, c.signature);
  }
}

TEST(SplitReply, LeavesOrdinaryTextAlone) {
  for (const char* text :
       {"On the surface, this looks like a quote header.\n\nOn average, it works: fine.",
        "Sent from my desk, is much easier than my phone.", "And here is a fix -- this is not a signature.\n\nkthxbai",
        "These are the reasons:\n-- first point\n-- second point\n\nThanks!",
        "## Key points\n----\n1. One\n\n----\n\nThe dashes above are not signatures.", "> only a quote",
        "From: here on it works\nand goes on"}) {
    const auto reply = split_reply(text);
    EXPECT_EQ(reply.visible, text);
    EXPECT_TRUE(reply.folded.empty() && reply.signature.empty());
  }
}

TEST(SplitReply, ReadsHtmlQuotesOfKnownClients) {
  const auto text = html_to_text(
      "<div>Hi. I am fine.</div><div><br></div><div>Thanks,<br>Alex</div><div class=gmail_quote>On Mon, Bob wrote:"
      "<blockquote>Hello</blockquote></div>");
  EXPECT_EQ(split_reply(text).visible, "Hi. I am fine.\n\nThanks,\nAlex");
}

TEST(SplitReply, LosesNoLine) {
  const std::string text = "Top\n\n-- \nMe\n\nOn 1/2/2020, a <a@example.com> wrote:\n> one\n> two\n\ntail\n";
  const auto reply = split_reply(text);
  const auto all = reply.visible + reply.signature + reply.folded;
  for (const char* word : {"Top", "-- ", "Me", "wrote:", "> one", "> two", "tail"})
    EXPECT_NE(all.find(word), std::string::npos) << word;
}

// A line is blank only when nothing is left of it once the marks are gone, however many they are.
TEST(SplitReply, LosesNoLineBehindManyDirectionMarks) {
  std::string text = "Top\n";
  for (int i = 0; i < 1000; ++i) text += "\u202a";
  text += "the last words";

  EXPECT_NE(split_reply(text).visible.find("the last words"), std::string::npos);
}

TEST(SplitReply, CostsNoMoreThanALineEach) {
  for (const std::string unit :
       {">", "On 1/1/2020 ", "wrote:\n", "From: a\n", "-- \n", "Sent from my x\n\n", "_____\n", "a@b.c> \n"}) {
    std::string text;
    while (text.size() < 400'000) text += unit;
    const auto begun = std::chrono::steady_clock::now();
    split_reply(text);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5)) << unit;
  }
}

}  // namespace fifteen::mail
