#pragma once
#include <cstdint>
#include <string>
#include <vector>

// What is put into an index: plain values, as the caller's records have them.
namespace fifteen::search {

// What may answer a question: the two stand in one list.
enum class Kind { article, idea };

// Who asks, and so what may be found: customers see published articles that are meant for the public.
enum class Readers { customers, agents };

struct Article {
  std::int64_t id = 0;
  std::string title;
  std::string body;    // plain text or Markdown
  std::string locale;  // "en", "pt-BR"; empty: guessed from the text
  bool agents_only = false;
  bool published = true;
  // What customers wrote in tickets that this article solved, oldest first. It is found by their words too.
  std::vector<std::string> solved;
};

// A wish that customers vote for. Only those that everyone may see are put in.
struct Idea {
  std::int64_t id = 0;
  std::string title;
  std::string text;
  std::string locale;  // of the page where it was written
};

struct Ticket {
  std::int64_t id = 0;
  std::int64_t number = 0;
  std::string subject;
  std::vector<std::string> messages;  // visible texts, oldest first
  std::string customer_name;
  std::string customer_email;
  bool open = true;
};

}  // namespace fifteen::search
