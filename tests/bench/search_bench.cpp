// Indexing and suggesting on synthetic articles, each against bare Xapian doing the same work in the same run, in
// turns:
//   search_bench [articles [past tickets [folder]]]   20,000 and ten an article by default, a minute or two of CPU; the
//                                                     bar for suggestions is set at 100,000 articles and 1,000,000 past
//                                                     tickets. An index in `folder` is kept and taken as it is.
// CPU time of the thread, since these are computations and the machine may be shared.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <xapian.h>

#include "search/indexer.hpp"
#include "search/schema.hpp"
#include "search/suggest.hpp"
#include "search/text.hpp"
#include "tests/bench/search_texts.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace fifteen;
using namespace fifteen::search;
using namespace fifteen::bench;

constexpr std::size_t batch = 1'000, tickets = 1'000;

std::vector<Article> write_articles(std::size_t count, std::size_t past_tickets, Writer& writer) {
  std::vector<Article> articles;
  for (std::size_t i = 1; i <= count; ++i)
    articles.push_back({.id = static_cast<std::int64_t>(i),
                        .title = writer.text(8),
                        .body = writer.text(120),
                        .locale = i % 4 == 0 ? "de" : "en",
                        .agents_only = i % 10 == 0,
                        .solved = {}});
  for (std::size_t i = 0; i < past_tickets; ++i) articles[i % count].solved.push_back(writer.text(12));
  return articles;
}

// What the learning job reads (server/jobs/learning.cpp): of more articles than learning takes in whole, the first ones
// and those most taught by the newest lessons. Here half of these are about a hundred articles.
Material material_of(const std::vector<Article>& articles, Writer& writer) {
  constexpr std::size_t lessons = 20'000;
  Material material;
  material.is_whole = articles.size() <= Knowledge::most_articles;
  const auto add = [&](const Article& article) {
    material.articles.push_back(article);
    material.articles.back().solved.clear();
  };
  for (const Article& article : articles)
    if (material.articles.size() <= Knowledge::most_articles) add(article);
  for (std::size_t i = 0; i < lessons; ++i) {
    const Article& about = articles[(i % 2 ? i : i / 2 % 100) % articles.size()];
    material.lessons.push_back({.text = about.solved.empty() ? writer.text(12) : about.solved[i % about.solved.size()],
                                .locale = "en",
                                .articles = {about.id}});
  }
  for (std::size_t i = material.articles.size(); i < std::min(articles.size(), 6'001ul); ++i) add(articles[i]);
  return material;
}

double mib_of(const std::filesystem::path& folder) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes / (1 << 20);
}

void bench_indexing(const std::vector<Article>& articles, const std::filesystem::path& ours,
                    const std::filesystem::path& bare) {
  Indexer indexer = Indexer::open(ours).value();
  Xapian::WritableDatabase database(bare.string(), Xapian::DB_CREATE_OR_OPEN);
  double our_time = 0, bare_time = 0;
  for (std::size_t from = 0; from < articles.size(); from += batch) {
    const std::size_t to = std::min(from + batch, articles.size());
    double start = cpu_us();
    for (std::size_t i = from; i < to; ++i) indexer.put(articles[i]).value();
    indexer.commit(static_cast<std::int64_t>(to)).value();
    our_time += cpu_us() - start;

    start = cpu_us();
    Xapian::TermGenerator words;
    words.set_stemmer(Xapian::Stem("en"));
    words.set_flags(Xapian::TermGenerator::FLAG_SPELLING | Xapian::TermGenerator::FLAG_CJK_NGRAM);
    words.set_database(database);
    for (std::size_t i = from; i < to; ++i) {
      Xapian::Document document;
      words.set_document(document);
      words.index_text_without_positions(articles[i].title, 3);
      words.index_text_without_positions(articles[i].body, 1);
      for (const std::string& solved : articles[i].solved) words.index_text_without_positions(solved, 1);
      document.set_data(articles[i].body);
      database.replace_document(static_cast<Xapian::docid>(articles[i].id), document);
    }
    database.commit();
    bare_time += cpu_us() - start;
  }
  const auto count = static_cast<double>(articles.size());
  report("search_index_article", our_time / count, "us_cpu", bare_time / count);
}

// The 12 rarest terms of a text that the index has: what the bare query looks for.
Xapian::Query rarest(const Xapian::Database& database, const std::string& text) {
  std::map<std::string, Xapian::doccount> frequencies;
  for (const auto& token : schema::tokens(normalise(text), schema::Stemmer("en")))
    if (const Xapian::doccount having = database.get_termfreq(token.term)) frequencies[token.term] = having;
  std::vector<std::pair<Xapian::doccount, std::string>> order;
  for (const auto& [term, having] : frequencies) order.emplace_back(having, term);
  std::ranges::sort(order);
  std::vector<Xapian::Query> wanted;
  for (const auto& [having, term] : order)
    if (wanted.size() < 12) wanted.emplace_back(term);
  return {Xapian::Query::OP_OR, wanted.begin(), wanted.end()};
}

// `typed`: so many bytes of a text, which end in the midst of a word; 0: whole texts, a quarter of them long.
void bench_suggesting(const std::filesystem::path& folder, const Suggester& suggester, const char* name, Writer& writer,
                      std::size_t typed = 0) {
  const Xapian::Database database(schema::articles_in(folder).string());
  std::vector<double> ours, bare;
  for (std::size_t i = 0; i < tickets; ++i) {
    std::string text = writer.text(i % 4 == 0 ? 150 : 25);
    if (typed > 0) text.resize(std::min(text.size(), typed + i % 8));
    const Xapian::Query query = rarest(database, text);
    double start = cpu_us();
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    const Xapian::MSet matches = enquire.get_mset(0, 10);
    for (auto at = matches.begin(); at != matches.end(); ++at) at.get_document().get_data();
    const double bare_time = cpu_us() - start;

    start = cpu_us();
    suggester.suggest({.text = text, .locale = "en", .limit = 10, .threshold = 0, .typing = typed > 0}).value();
    const double our_time = cpu_us() - start;
    if (i >= tickets / 10) ours.push_back(our_time), bare.push_back(bare_time);  // the first ones warm the caches
  }
  report((std::string(name) + "_p50").c_str(), percentile(ours, 0.5), "us_cpu", percentile(bare, 0.5));
  report((std::string(name) + "_p99").c_str(), percentile(ours, 0.99), "us_cpu", percentile(bare, 0.99));
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int nth, std::size_t otherwise) {
    return argc > nth ? static_cast<std::size_t>(std::atoll(argv[nth])) : otherwise;
  };
  const std::size_t count = std::max<std::size_t>(number(1, 20'000), 2'000);
  const test::TemporaryFolder temporary;
  const std::filesystem::path folder = argc > 3 ? argv[3] : temporary.path() / "ours";
  Writer writer;
  const std::vector<Article> articles = write_articles(count, number(2, 10 * count), writer);
  if (!std::filesystem::exists(folder)) bench_indexing(articles, folder, temporary.path() / "bare");
  report("search_index", mib_of(schema::articles_in(folder)), "MiB");

  const Reader reader(folder);
  Suggester suggester(reader);
  bench_suggesting(folder, suggester, "suggest_index", writer);

  const Material material = material_of(articles, writer);
  const double start = cpu_us();
  suggester.teach(Knowledge::keep(temporary.path() / "learned", material).knowledge);
  report("learn_20000_lessons", (cpu_us() - start) / 1000, "ms_cpu");
  bench_suggesting(folder, suggester, "suggest_learned", writer);
  bench_suggesting(folder, suggester, "suggest_first_letters", writer, 3);
  bench_suggesting(folder, suggester, "suggest_half_a_line", writer, 40);
}
