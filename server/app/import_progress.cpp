#include "server/app/import_progress.hpp"

#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

namespace fifteen::app {
namespace {

double seconds_since(std::chrono::steady_clock::time_point then) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

std::string duration(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

ImportProgressLines::ImportProgressLines() : pace_(isatty(STDERR_FILENO) ? 1 : 10) {}

void ImportProgressLines::operator()(const desk::ImportProgress& progress) {
  const bool writes = progress.phase == desk::ImportProgress::Phase::writing;
  if (writes && !began_writing_) began_writing_ = last_ = Clock::now();
  if (Clock::now() - last_ < pace_) return;
  last_ = Clock::now();
  const double share = progress.total ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : 1;
  if (!writes) {
    std::cerr << fmt::format("import: {:.0f} % of the file checked\n", share * 100);
    return;
  }
  const double a_second = static_cast<double>(progress.done) / seconds_since(*began_writing_);
  std::cerr << fmt::format("import: {} of {} records ({:.0f} %), {:.0f} a second, about {} left\n", progress.done,
                           progress.total, share * 100, a_second,
                           duration(static_cast<double>(progress.total - progress.done) / a_second));
}

}  // namespace fifteen::app
