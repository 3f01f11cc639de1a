// What learning takes and what it leaves in memory, by articles and lessons:
//   learning_bench
// Each size in a process of its own: CPU and peak of learning, memory that is nobody else's before and after it, the
// file, and CPU of what is learned in one suggestion. CPU time, since the machine may be shared.
#include <atomic>
#include <chrono>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "search/suggest.hpp"
#include "server/base/memory.hpp"
#include "tests/bench/search_texts.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace fifteen;
using namespace fifteen::search;
using namespace fifteen::bench;

Material write_material(std::size_t articles, std::size_t lessons) {
  Writer writer;
  Material material;
  for (std::size_t i = 1; i <= articles; ++i)
    material.articles.push_back({.id = static_cast<std::int64_t>(i),
                                 .title = writer.text(8),
                                 .body = writer.text(120),
                                 .locale = "en",
                                 .solved = {}});
  for (std::size_t i = 0; i < lessons; ++i)
    material.lessons.push_back(
        {.text = writer.text(25), .locale = "en", .articles = {static_cast<std::int64_t>(i % articles + 1)}});
  return material;
}

// The most that was private while it lived.
class Peak {
 public:
  double end() {
    ended_ = true;
    watch_.join();
    return most_;
  }

 private:
  double most_ = 0;
  std::atomic<bool> ended_ = false;
  std::thread watch_{[this] {
    for (; !ended_; std::this_thread::sleep_for(std::chrono::milliseconds(2))) most_ = std::max(most_, private_mib());
  }};
};

void measure(std::size_t articles, std::size_t lessons) {
  const std::string size = std::to_string(articles) + "_articles_" + std::to_string(lessons) + "_lessons";
  const auto tell = [&](const char* what, double value, const char* unit) {
    report(("learning_" + size + "_" + what).c_str(), value, unit);
  };
  const test::TemporaryFolder folder;
  const double before = private_mib();
  Peak peak;
  std::shared_ptr<const Knowledge> knowledge;
  std::thread([&] {  // as the learning job does
    const Material material = write_material(articles, lessons);
    const double start = cpu_us();
    knowledge = Knowledge::keep(folder.path() / "learned", material).knowledge;
    tell("cpu", (cpu_us() - start) / 1000, "ms_cpu");
  })
      .join();
  tell("peak", peak.end() - before, "MiB");
  give_freed_memory_back();
  tell("left", private_mib() - before, "MiB");
  tell("file", static_cast<double>(std::filesystem::file_size(folder.path() / "learned")) / (1 << 20), "MiB");
  Writer writer;
  std::vector<double> times;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = writer.text(25);
    const double asked = cpu_us();
    suggest_learned(*knowledge, text, "en", 10);
    times.push_back(cpu_us() - asked);
  }
  tell("judgement_p50", percentile(times, 0.5), "us_cpu");
  tell("judgement_p99", percentile(times, 0.99), "us_cpu");
}

}  // namespace

int main() {
  keep_little_freed_memory();
  constexpr std::pair<std::size_t, std::size_t> sizes[] = {
      {5, 0}, {100, 1'000}, {300, 20'000}, {5'000, 0}, {5'000, 20'000}};
  for (const auto& [articles, lessons] : sizes) {
    const pid_t child = fork();
    if (child == 0) {
      measure(articles, lessons);
      return 0;
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child || status != 0) return 1;
  }
}
