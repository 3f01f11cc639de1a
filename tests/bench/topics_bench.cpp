// Groups questions of a published set whose kinds are known, and says how well the groups are the kinds:
//   topics_bench [set…]     of the corpora's kb: tickets.jsonl, and qrels.tsv for the kinds; banking77 and clinc150 by
//   default
// Precision and recall of a question's neighbours (B-cubed, Bagga and Baldwin 1998), and CPU time of the thread. The
// peer is what grouping by equal words gives.
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <boost/json/parse.hpp>

#include "search/text.hpp"
#include "search/topics.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/corpora.hpp"

namespace {

using namespace fifteen::search;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Question {
  std::string id;
  WeighedText text;
};
std::vector<Question> read_questions(const std::filesystem::path& folder) {
  std::vector<Question> questions;
  std::ifstream file(folder / "tickets.jsonl");
  for (std::string line; std::getline(file, line) && questions.size() < most_topic_texts;) {
    const auto ticket = boost::json::parse(line);
    questions.push_back(
        {std::string(ticket.at("id").as_string()),
         {.text = std::string(ticket.at("text").as_string()), .locale = std::string(ticket.at("lang").as_string())}});
  }
  return questions;
}

std::map<std::string, std::string> read_kinds(const std::filesystem::path& folder) {
  std::map<std::string, std::string> kinds;
  std::ifstream file(folder / "qrels.tsv");
  for (std::string ticket, article, grade; file >> ticket >> article >> grade;) kinds.emplace(ticket, article);
  return kinds;
}

struct Score {
  double precision = 0, recall = 0;
  double both() const { return 2 * precision * recall / (precision + recall); }
};
Score score(const std::vector<std::vector<std::string>>& groups) {
  std::map<std::string, double> of_kind;
  double all = 0;
  for (const auto& group : groups)
    for (const auto& kind : group) {
      ++of_kind[kind];
      ++all;
    }
  Score score;
  for (const auto& group : groups) {
    std::map<std::string, double> here;
    for (const auto& kind : group) ++here[kind];
    for (const auto& [kind, count] : here) {
      score.precision += count * count / static_cast<double>(group.size()) / all;
      score.recall += count * count / of_kind[kind] / all;
    }
  }
  return score;
}

void measure(const std::string& set, const std::filesystem::path& folder) {
  const auto questions = read_questions(folder);
  const auto kinds = read_kinds(folder);
  std::vector<WeighedText> texts;
  std::vector<std::string> kind_of;
  for (const auto& question : questions)
    if (const auto kind = kinds.find(question.id); kind != kinds.end()) {
      texts.push_back(question.text);
      kind_of.push_back(kind->second);
    }
  const double begin = cpu_seconds();
  const auto topics = find_topics(texts);
  const double took = cpu_seconds() - begin;
  std::vector<std::vector<std::string>> groups;
  for (const auto& topic : topics) {
    auto& group = groups.emplace_back();
    for (const auto i : topic.members) group.push_back(kind_of[i]);
  }
  std::map<std::set<std::string>, std::vector<std::string>> alike;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto said = words(normalise(texts[i].text));
    alike[{said.begin(), said.end()}].push_back(kind_of[i]);
  }
  std::vector<std::vector<std::string>> peers;
  for (auto& [said, group] : alike) peers.push_back(std::move(group));
  const Score ours = score(groups), theirs = score(peers);
  fifteen::bench::print("topics/" + set + "/b_cubed", ours.both(), "f1", theirs.both());
  fifteen::bench::print("topics/" + set + "/precision", ours.precision, "share", theirs.precision);
  fifteen::bench::print("topics/" + set + "/cpu", took, "s CPU", 0, 0);
  for (std::size_t i = 0; i < topics.size() && i < 12; ++i) {
    std::string said;
    for (const auto& word : topics[i].words) said += (said.empty() ? "" : " ") + word;
    std::fprintf(stderr, "%4zu  %-40s  %s\n", topics[i].members.size(), said.c_str(),
                 texts[topics[i].members[0]].text.c_str());
  }
}

}  // namespace

int main(int count, char** arguments) {
  const auto kb = fifteen::test::corpora() / "kb";
  if (!std::filesystem::exists(kb / "banking77"))
    return std::fputs("no corpora: FIFTEEN_CORPORA says where\n", stderr), 0;
  std::vector<std::string> sets(arguments + 1, arguments + count);
  if (sets.empty()) sets = {"banking77", "clinc150"};
  for (const std::string& set : sets) measure(set, kb / set);
}
