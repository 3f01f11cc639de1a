#include "search/suggest.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "search/language.hpp"
#include "search/query.hpp"
#include "search/shelf.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t text_bytes = 16u << 10;
constexpr Xapian::doccount ranked = 50;       // articles taken from the index's own ranking
constexpr std::ptrdiff_t learned_kept = 100;  // and from what was learned
constexpr std::size_t words_told = 6;
// Of the second and third suggestions these hide half to two thirds of the wrong ones on sets with many past tickets,
// and one right one in a hundred.
constexpr double sure_of_the_first = 0.5;  // its confidence
constexpr double near_the_first = 0.3;     // of its score

// How the three judges are weighed against each other; measured on the development sets (docs/suggestions.md). The
// index's ranking counts little where learning and letters have spoken: it knows nothing that they do not.
struct Weights {
  double likeness, index;
};
Weights weights_for(const Knowledge& knowledge) {
  if (knowledge.is_empty()) return {0, 1};
  const double experience = knowledge.experience();
  // Where there are too many articles for likeness, the index takes its place.
  if (!knowledge.knows_letters()) return {0, 1 - 0.5 * experience};
  return {1 - 0.8 * experience, 0.3 * experience};
}

// How much of an article's belief is plain likeness, in place of what learning does not know yet.
double doubt_of(const Knowledge& knowledge) {
  return knowledge.is_empty() ? 1 : (1 - knowledge.experience()) / (2 - knowledge.experience());
}

// An article in another language than the ticket's must be much the better to come first; English is the second choice.
double language_factor(std::string_view of_article, std::string_view of_ticket) {
  if (of_ticket.empty() || of_article.empty() || of_article == of_ticket) return 1;
  return of_article == "en" ? 0.5 : 0.25;
}

// Most pairs of Chinese, Japanese or Korean characters straddle two words and are new though the words are not:
// coverage and likeness come out so much smaller than in other languages (medians of xquad-zh against xquad-de).
double pair_factor(std::string_view language) {
  return language == "zh" || language == "ja" || language == "ko" ? 2.5 : 1;
}

struct Candidate {
  double score = 0;
  double belief = 0;  // what confidence is made of
};
using Candidates = std::unordered_map<Xapian::docid, Candidate>;  // by their number in the index

Candidates best_of(const Knowledge::Judgement& judgement, const Weights& weights, double doubt,
                   std::string_view language) {
  std::vector<std::pair<Xapian::docid, Candidate>> all;
  all.reserve(judgement.opinions.size());
  for (const auto& [kind, id, of_article, probability, likeness] : judgement.opinions) {
    const double factor = language_factor(of_article, language);
    all.emplace_back(schema::number_of(kind, id), Candidate{factor * (probability + weights.likeness * likeness),
                                                            factor * ((1 - doubt) * probability + doubt * likeness)});
  }
  if (std::ssize(all) > learned_kept) {
    const auto worse = [](const auto& a, const auto& b) { return a.second.score > b.second.score; };
    std::ranges::nth_element(all, all.begin() + learned_kept, worse);
    all.resize(learned_kept);
  }
  return {all.begin(), all.end()};
}

// The articles the index itself holds for likely, as shares of the best that was possible.
void add_index_ranking(Candidates& candidates, const Xapian::Database& articles, const std::string& text,
                       std::string_view language, const SuggestQuery& query, double weight, double doubt) {
  for (const std::string& readable : languages_for(articles, language, query.locale)) {
    Xapian::Query wanted = articles_like(articles, text, readable, query.typing ? Typing::yes : Typing::no);
    if (wanted.empty()) continue;
    wanted = marked(wanted, articles, schema::language_kind, schema::language_term(readable));
    if (query.readers == Readers::customers)
      wanted = marked(wanted, articles, schema::readers_kind, schema::for_customers);
    Xapian::Enquire enquire(articles);
    enquire.set_query(wanted);
    const Xapian::MSet matches = enquire.get_mset(0, ranked);
    const double possible = std::max(matches.get_max_possible(), 1e-9);
    for (auto at = matches.begin(); at != matches.end(); ++at) {
      const double share = at.get_weight() / possible * language_factor(readable, language);
      Candidate& candidate = candidates[*at];
      candidate.score += weight * share;
      candidate.belief += doubt * share;
    }
  }
}

// The best first, the older one among equals.
std::vector<std::pair<double, Xapian::docid>> by_score(const Candidates& candidates) {
  std::vector<std::pair<double, Xapian::docid>> order;
  for (const auto& [number, candidate] : candidates)
    if (candidate.score > 0) order.emplace_back(-candidate.score, number);
  std::ranges::sort(order);
  return order;
}

double confidence_of(const Candidate& first, const Knowledge::Judgement& judgement, std::string_view language) {
  return std::min(1.0, first.belief * judgement.coverage * pair_factor(language));
}

std::size_t far_behind(const Suggestions& found) {
  if (found.confidence < sure_of_the_first) return 0;
  const auto far = std::ranges::find_if(
      found.list, [&](const Suggestion& other) { return other.score < near_the_first * found.list.front().score; });
  return static_cast<std::size_t>(found.list.end() - far);
}

bool may_see(const Xapian::Database& articles, Xapian::docid number, Readers readers) {
  try {
    const Xapian::Document article = articles.get_document(number);
    return readers == Readers::agents || !article.get_value(schema::visible_slot).empty();
  } catch (const Xapian::DocNotFoundError&) {
    return false;
  }
}

}  // namespace

LearnedList suggest_learned(const Knowledge& knowledge, const std::string& text, const std::string& locale,
                            std::size_t limit) {
  const std::string normalised = normalise(text, text_bytes);
  const std::string language = language_asked(normalised, locale);
  const Knowledge::Judgement judgement = knowledge.judge(normalised, language);
  Candidates candidates = best_of(judgement, weights_for(knowledge), doubt_of(knowledge), language);
  LearnedList list;
  for (const auto& [score, number] : by_score(candidates)) {
    if (list.articles.size() >= limit) break;
    if (list.articles.empty()) list.confidence = confidence_of(candidates[number], judgement, language);
    if (schema::kind_of(number) == Kind::article) list.articles.push_back(schema::id_of(number));
  }
  return list;
}

Suggester::Suggester(const Reader& reader) : reader_(reader), knowledge_(std::make_shared<Knowledge>()) {}

void Suggester::teach(std::shared_ptr<const Knowledge> knowledge) {
  const std::scoped_lock lock(mutex_);
  knowledge_ = std::move(knowledge);
}

std::shared_ptr<const Knowledge> Suggester::knowledge() const {
  const std::scoped_lock lock(mutex_);
  return knowledge_;
}

result<Suggestions> Suggester::suggest(const SuggestQuery& query) const {
  return reader_.articles_->ask([&](Xapian::Database& articles) -> result<Suggestions> {
    if (articles.get_doccount() == 0) return Suggestions{};
    const std::string written = normalise(query.text, text_bytes);
    if (!is_long_enough(written)) return Suggestions{};
    const auto knowledge = this->knowledge();
    const std::string text = query.typing ? with_last_word_whole(articles, written) : written;
    const std::string language = language_asked(text, query.locale);
    const Knowledge::Judgement judgement = knowledge->judge(text, language);
    const Weights weights = weights_for(*knowledge);
    const double doubt = doubt_of(*knowledge);
    Candidates candidates = best_of(judgement, weights, doubt, language);
    add_index_ranking(candidates, articles, written, language, query, weights.index,
                      knowledge->knows_letters() ? 0 : doubt);

    Suggestions found;
    for (const auto& [score, number] : by_score(candidates)) {
      if (found.list.size() >= static_cast<std::size_t>(std::clamp(query.limit, 0, 100))) break;
      if (!may_see(articles, number, query.readers)) continue;
      if (found.list.empty()) {
        found.confidence = confidence_of(candidates[number], judgement, language);
        if (found.confidence < query.threshold) break;
      }
      found.list.push_back({schema::kind_of(number), schema::id_of(number), -score});
      if (query.why) found.list.back().words = words_shared(articles, number, text, words_told);
    }
    if (!knowledge->is_empty()) found.far_behind = far_behind(found);
    if (!query.all) found.list.resize(found.list.size() - std::exchange(found.far_behind, 0));
    return found;
  });
}

}  // namespace fifteen::search
