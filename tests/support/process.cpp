#include "tests/support/process.hpp"

#include <array>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace fifteen::test {
namespace fs = std::filesystem;

Process::Process(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("can't make a pipe");
  output_ = ends[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  const int failure = posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (failure == 0) return;
  close(output_);
  throw std::runtime_error("can't start " + words[0]);
}

Process::~Process() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  close(output_);
}

std::string Process::line_after(const std::string& beginning) {
  for (;;) {
    const auto end = ahead_.find('\n');
    if (end != std::string::npos) {
      const std::string line = ahead_.substr(0, end);
      ahead_.erase(0, end + 1);
      if (line.starts_with(beginning)) return line.substr(beginning.size());
      continue;
    }
    std::array<char, 4096> bytes{};
    const auto count = read(output_, bytes.data(), bytes.size());
    if (count <= 0) throw std::runtime_error("the program did not say \"" + beginning + "\"");
    ahead_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

int Process::wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

double Process::cpu_seconds() const {
  return test::cpu_seconds_of(pid_);
}

std::map<std::string, double> Process::cpu_seconds_by_name() const {
  std::map<std::string, double> seconds;
  for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(pid_) + "/task")) {
    std::ifstream name_file(thread.path() / "comm"), time_file(thread.path() / "schedstat");
    std::string name;
    double on_cpu_ns = 0;  // proc(5); utime and stime count in steps of 10 ms
    if (std::getline(name_file, name) && time_file >> on_cpu_ns) seconds[name] += on_cpu_ns / 1e9;
  }
  return seconds;
}

double Process::resident_mib() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

double cpu_seconds_of(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

std::string fifteen_program() {
  return (fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "fifteen").string();
}

}  // namespace fifteen::test
