#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "search/documents.hpp"

namespace fifteen::search {

// A question of the past and the articles that solved it; none: no article helped.
struct Lesson {
  std::string text;
  std::string locale;  // empty: guessed
  std::vector<std::int64_t> articles;
  std::vector<std::int64_t> against{};  // those of which somebody said that they did not help
};

// All that there is to learn from.
struct Material {
  std::vector<Article> articles;
  std::vector<Idea> ideas;
  std::vector<Lesson> lessons;  // oldest first
  // Not: there are more articles than these. Those that were taught are among them, and some others.
  bool is_whole = true;
};

// What was learned from articles and past tickets; never changes, any thread.
//
// Learning takes seconds (9,000 past tickets on 77 articles: 2 s) and is bounded: the newest 20,000 lessons; up to
// 1,000 articles are told apart by learning (the most taught ones when there are more), up to most_articles by their
// letters. Beyond that the index alone ranks. The same material gives the same knowledge, to the byte.
class Knowledge {
 public:
  static constexpr std::size_t most_articles = 5'000;
  static constexpr std::size_t most_told_apart = 1'000;

  Knowledge();  // knows nothing
  ~Knowledge();
  Knowledge(const Knowledge&) = delete;
  Knowledge& operator=(const Knowledge&) = delete;

  // In memory, to try something out. Nothing when it was stopped.
  static std::shared_ptr<const Knowledge> learn(const Material& material, std::stop_token stop = {});
  struct Kept {
    std::shared_ptr<const Knowledge> knowledge;  // nothing: it was stopped
    bool is_new = false;                         // learned now, not found in the file
    bool is_written = true;                      // not: the file can't be written, so it stays in memory
  };
  // As the file has it, when that was learned from this very material; else learned now and kept there. All but some
  // hundred bytes is the file, mapped.
  static Kept keep(const std::filesystem::path& file, const Material& material, std::stop_token stop = {});

  struct Opinion {
    Kind kind = Kind::article;
    std::int64_t id = 0;
    std::string_view language;  // of the article
    float probability = 0;      // that this article solves the ticket, as far as learning tells
    float likeness = 0;         // share of the ticket's words and letters that the article has
  };
  struct Judgement {
    std::vector<Opinion> opinions;
    double coverage = 1;  // share of the ticket's words that was ever seen
  };
  Judgement judge(std::string_view normalised, std::string_view language) const;

  // From 0 (only articles were read) towards 1 (many past tickets an article): how far the probability is to be
  // believed against plain likeness.
  double experience() const;
  bool is_empty() const;
  // Whether likeness was reckoned: not among more than most_articles.
  bool knows_letters() const;

 private:
  struct Parts;
  explicit Knowledge(std::unique_ptr<const Parts> parts);
  template <class Learned>
  static std::shared_ptr<const Knowledge> of(Learned learned);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace fifteen::search
