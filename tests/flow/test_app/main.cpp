// The whole program with a clock that stands still until it is told otherwise: `fifteen_test_app serve …` takes lines
// on standard input and answers each on standard output, beside the lines that `serve` prints.
//   now               -> now 2026-11-22T09:30:00.000000Z
//   advance SECONDS   -> the same, that much later; parts of a second are allowed
// Its clock begins at the present, or at FIFTEEN_TEST_NOW (RFC 3339).
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>

#include <unistd.h>

#include "server/app/program.hpp"
#include "server/base/rfc3339.hpp"

namespace fifteen {
namespace {

Instant beginning() {
  if (const char* given = std::getenv("FIFTEEN_TEST_NOW"))
    if (const auto instant = parse_rfc3339(given)) return *instant;
  return SystemClock().now();
}

std::string answer(ManualClock& clock, std::string_view line) {
  constexpr std::string_view advance = "advance ";
  if (line.starts_with(advance)) {
    const std::string_view given = line.substr(advance.size());
    double seconds = 0;
    const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), seconds);
    if (error != std::errc() || end != given.data() + given.size()) return "not a number of seconds";
    clock.advance(std::chrono::round<Microseconds>(std::chrono::duration<double>(seconds)));
  } else if (line != "now") {
    return "not known: now, advance SECONDS";
  }
  return "now " + to_rfc3339(clock.now());
}

// Reads until standard input ends, without stdin's stream: setting that up anew, as the
// program does first, would wait for who reads from it. The thread outlives nothing
// it needs: the clock is as old as the process.
void take_orders(ManualClock& clock) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);  // signals are the server's
  std::thread([&clock] {
    std::string line;
    for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1;) {
      if (c != '\n') {
        line += c;
        continue;
      }
      const std::string said = answer(clock, std::exchange(line, {})) + '\n';
      if (::write(STDOUT_FILENO, said.data(), said.size()) < 0) return;
    }
  }).detach();
  pthread_sigmask(SIG_UNBLOCK, &all, nullptr);
}

}  // namespace
}  // namespace fifteen

int main(int argc, char** argv) {
  static fifteen::ManualClock clock(fifteen::beginning());
  fifteen::take_orders(clock);
  return fifteen::app::run_program(argc, argv, clock);
}
