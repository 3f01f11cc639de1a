#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::desk {

// What an agent wrote to one customer.
struct AnswerGiven {
  std::string subject;   // of the ticket
  std::string question;  // the customer's words
  std::string reply;     // Markdown
  std::string customer_name, agent_name;
};

// The same as an article for everyone, for its writer to look over.
struct AnswerArticle {
  std::string title, body;
  std::string locale;
  // What may concern this customer alone (addresses, numbers, her name); stands as "[check: …]" in title and body.
  std::vector<std::string> to_check;
};

// Takes greeting, sign-off and signature away. Pure: the same in, the same out.
AnswerArticle answer_as_article(const AnswerGiven& given);

}  // namespace fifteen::desk
