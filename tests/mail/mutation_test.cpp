#include <random>

#include <gtest/gtest.h>

#include "mail/html_clean.hpp"
#include "mail/mime_read.hpp"
#include "mail/utf8.hpp"
#include "tests/support/corpora.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::mail {
namespace {

// The corpus where there is one, the repository's own samples always.
std::vector<std::string> seeds() {
  auto mails = test::corpus_mails();
  for (const auto& sample : test::test_files("mail", ".eml")) mails.push_back(test::read_file(sample));
  return mails;
}

std::string mutated(std::string mail, std::mt19937& random) {
  static const std::string tokens[] = {"\r\n--",
                                       "=?utf-8?q?",
                                       "?=",
                                       "\"",
                                       "<",
                                       ">",
                                       ";",
                                       "boundary=\"\"",
                                       "\r\n\r\n",
                                       "=",
                                       "\0\0",
                                       "Content-Type: multipart/mixed\r\n",
                                       "Content-Transfer-Encoding: base64\r\n",
                                       "\xFF\xFE"};
  for (unsigned changes = 1 + random() % 40; changes-- > 0 && !mail.empty();) {
    const auto at = random() % mail.size();
    switch (random() % 5) {
      case 0:
        mail[at] = static_cast<char>(random());
        break;
      case 1:
        mail.erase(at, random() % 64);
        break;
      case 2:
        mail.insert(at, tokens[random() % std::size(tokens)]);
        break;
      case 3:
        mail.insert(at, mail.substr(random() % mail.size(), random() % 200));
        break;
      default:
        mail.resize(mail.size() - random() % std::min<std::size_t>(mail.size(), 200));
    }
  }
  return mail;
}

}  // namespace

TEST(ReadMessage, SurvivesAFewThousandMutatedMails) {
  const auto mails = seeds();
  ASSERT_FALSE(mails.empty());
  std::mt19937 random(15);  // the same mails on every run
  for (int i = 0; i < 3000; ++i) {
    const auto raw = mutated(mails[random() % mails.size()], random);
    const auto message = read_message(raw);
    for (const auto& text : {message.subject, message.text, message.visible_text, message.html}) {
      ASSERT_TRUE(is_valid_utf8(text)) << "mutation " << i;
      ASSERT_EQ(text.find('\0'), std::string::npos) << "mutation " << i;
    }
    if (!message.html.empty()) {
      const auto clean = clean_html(message.html).html;
      ASSERT_EQ(clean.find("<script"), std::string::npos) << "mutation " << i;
    }
  }
}

}  // namespace fifteen::mail
