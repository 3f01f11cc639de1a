#include "server/desk/knowledge/answer_article.hpp"

#include <gtest/gtest.h>

namespace fifteen::desk {
namespace {

AnswerArticle article(const std::string& reply, const std::string& subject = "Charged twice") {
  return answer_as_article({.subject = subject,
                            .question = "Hello, I was charged twice. Why is that? Please help.",
                            .reply = reply,
                            .customer_name = "Giulia Rossi",
                            .agent_name = "Ana Ferri"});
}

TEST(AnswerArticle, KeepsWhatConcernsEveryone) {
  const std::string what =
      "The second charge is only held.\n\n- It goes in **three days**.\n- Nothing is to be done.\n";
  for (const char* greeting :
       {"", "Hi Giulia,\n\n", "Dear Ms Rossi,\n", "Hello!\n\n", "Good morning Giulia.\n\n", "Hey\n", "Ciao Giulia,\n",
        "Gentile signora Rossi,\n\n", "Здравствуйте, ", "Добрый день!\n", "Вітаю, Giulia!\n\n", "您好，\n"})
    for (const char* end : {"", "\n\nBest regards,\nAna", "\nKind regards\nAna Ferri\nAcme Boards\n", "\n\nAna\n",
                            "\n-- \nAna Ferri\nAcme, +39 06 1234567"})
      EXPECT_EQ(article(greeting + what + end).body, what) << greeting << "…" << end;
}

TEST(AnswerArticle, TakesAGreetingFromItsSentence) {
  EXPECT_EQ(article("Hi Giulia, the second charge is held.").body, "the second charge is held.\n");
  EXPECT_EQ(article("Hint: look at the invoice.").body, "Hint: look at the invoice.\n");
  EXPECT_EQ(article("It is held, Giulia. No need to write.").body, "It is held. No need to write.\n");
}

TEST(AnswerArticle, MarksWhatMayConcernOneCustomer) {
  const struct {
    std::string reply, body;
    std::size_t marks;
  } cases[] = {
      {"Write to joe@acme.example.", "Write to [check: joe@acme.example].\n", 1},
      {"Your order #4821 (48213-A) left.", "Your order [check: #4821] ([check: 48213-A]) left.\n", 2},
      {"Call +39 06 123 4567, please.", "Call [check: +39 06 123 4567], please.\n", 1},
      {"I moved Giulia's board.", "I moved [check: Giulia's] board.\n", 1},
      {"See [the guide](https://x.example/acct/99120).", "See [the guide](https://x.example/acct/99120).\n", 1},
      {"It costs 15.50 and takes 3 days since 2024.", "It costs 15.50 and takes 3 days since 2024.\n", 0},
  };
  for (const auto& [reply, body, marks] : cases) {
    const auto made = article(reply);
    EXPECT_EQ(made.body, body);
    EXPECT_EQ(made.to_check.size(), marks) << reply;
  }
}

TEST(AnswerArticle, IsCalledByItsSubject) {
  EXPECT_EQ(article("Held.", "Re: FWD: [Shop] Charged twice").title, "Charged twice");
  EXPECT_EQ(article("Held.", "").title, "Why is that?");
  EXPECT_EQ(article("Held.", "Re: ").title, "Why is that?");
  EXPECT_EQ(article("Held.", "Order 4821399").title, "Order [check: 4821399]");
}

TEST(AnswerArticle, IsInTheLanguageOfTheAnswer) {
  EXPECT_EQ(article("Il secondo addebito non è definitivo e viene tolto entro tre giorni.").locale, "it");
  EXPECT_EQ(
      article(
          "Это второе списание не окончательное, и оно само исчезнет через три дня. Что ещё мы можем для вас сделать?")
          .locale,
      "ru");
  EXPECT_EQ(article("第二笔扣款只是预授权，三天内会取消。").locale, "zh");
  EXPECT_EQ(article("The second charge is only held.").locale, "en");
  EXPECT_EQ(article("…").locale, "en");
}

}  // namespace
}  // namespace fifteen::desk
