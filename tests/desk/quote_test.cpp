// The line above a quote, from our mail to the customer's answer and back.
#include "mail/mime_read.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

struct Words {
  std::string question, line, answer;
};

const Words five_languages[] = {
    {"Hello, where is my order? I can not find it.", "On 28 May 2026, Joe Doe wrote:", "Thank you, it works now."},
    {"Buongiorno, non trovo la fattura del mio ordine, come posso fare?",
     "Il 28 maggio 2026, Joe Doe ha scritto:", "Grazie, adesso funziona."},
    {"Здравствуйте, где мой заказ? Я не могу его найти.", "28 мая 2026 г. Joe Doe пишет:", "Спасибо, теперь работает."},
    {"Добрий день, де моє замовлення? Я не можу його знайти.",
     "28 травня 2026 р. Joe Doe пише:", "Дякую, тепер працює."},
    {"您好,我的订单在哪里?", "2026年5月28日，Joe Doe 写道：", "谢谢，现在可以了。"},
};

class QuoteTest : public Desk {
 protected:
  TicketId asks(const std::string& text) {
    auto mail = mail_from("joe" + std::to_string(++customers_) + "@client.example", text);
    mail.from->name = "Joe Doe";
    return receive(mail).ticket;
  }

  // What goes out to the customer.
  store::QueuedMail answered(TicketId id) {
    EXPECT_TRUE(reply(id));
    for (const auto& claimed : write([&](store::Session& sql) {
           return store::claim_mails(sql, "test", now + std::chrono::minutes{1}, now + std::chrono::minutes{2}, 100);
         }))
      if (claimed.mail.kind == "reply" && claimed.mail.ticket == id) return claimed.mail;
    ADD_FAILURE() << "no reply is queued";
    return {};
  }

  // What the agents read of a mail with this text in answer.
  std::string read_of(TicketId id, const std::string& text) {
    auto mail =
        mail::read_message("From: Joe <joe" + std::to_string(customers_) +
                           "@client.example>\r\nTo: help@desk.example\r\nMessage-ID: <" + std::to_string(++answers_) +
                           "@client.example>\r\nMIME-Version: 1.0\r\n"
                           "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
                           text);
    EXPECT_EQ(receive(mail, reply_address(id)).ticket, id);
    return messages(id).back().text;
  }

  static std::string unmarked(std::string text) {
    for (std::size_t at; (at = text.find("\n> ")) != std::string::npos;) text.erase(at + 1, 2);
    return text;
  }

 private:
  int customers_ = 0, answers_ = 0;
};

TEST_P(QuoteTest, IsIntroducedInTheCustomersLanguage) {
  for (const Words& words : five_languages) {
    const auto mail = answered(asks(words.question));
    EXPECT_NE(mail.text.find("\n\n" + words.line + "\n> " + words.question + "\n"), std::string::npos) << mail.text;
    EXPECT_NE(mail.html.find(words.line), std::string::npos) << mail.html;
  }
  EXPECT_NE(answered(asks("Bonjour, je ne trouve pas ma commande.")).text.find("On 28 May 2026, Joe Doe wrote:"),
            std::string::npos)
      << "no language of ours";
}

TEST_P(QuoteTest, AShortLastWordDoesNotChangeTheLanguage) {
  const TicketId id = asks(five_languages[2].question);
  receive(
      [&] {
        auto mail = mail_from("joe1@client.example", "OK!");
        mail.from->name = "Joe Doe";
        return mail;
      }(),
      reply_address(id));
  EXPECT_NE(answered(id).text.find(five_languages[2].line), std::string::npos);
}

TEST_P(QuoteTest, IsFoldedWhenTheAnswerKeepsItUnderItsOwnWords) {
  for (const Words& words : five_languages) {
    const TicketId id = asks(words.question);
    const std::string text = answered(id).text;
    const std::string quote = text.substr(text.find(words.line));
    EXPECT_EQ(read_of(id, words.answer + "\n\n" + quote), words.answer);
    EXPECT_EQ(read_of(id, words.answer + "\n\n" + unmarked(quote)), words.answer) << "a client took the marks away";
    EXPECT_EQ(read_of(id, quote + "\n" + words.answer), words.answer) << "answered below";
    EXPECT_EQ(read_of(id, words.answer + "\n\nA sentence.\n" + words.question),
              words.answer + "\n\nA sentence.\n" + words.question)
        << "without the line all of it is the customer's own";
  }
}

// Nobody's words are read as places of ours.
TEST_P(QuoteTest, ANameStaysAName) {
  auto mail = mail_from("joe1@client.example", "Where is it?");
  mail.from->name = "{month} {name} {";
  EXPECT_NE(answered(receive(mail).ticket).text.find("On 28 May 2026, {month} {name} { wrote:"), std::string::npos);
}

// A mail without a subject has none in our answer, either; the inbox says so in the agent's language.
TEST_P(QuoteTest, NoSubjectIsMadeUp) {
  auto mail = mail_from("joe1@client.example", "Where is it?");
  mail.subject.clear();
  const TicketId id = receive(mail).ticket;
  EXPECT_EQ(ticket(id).subject, "");
  EXPECT_EQ(answered(id).subject, "Re:");
}

FIFTEEN_BOTH_DATABASES(QuoteTest);

}  // namespace
}  // namespace fifteen::desk
