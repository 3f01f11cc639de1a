#pragma once
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace fifteen::test {

// A program of its own beside the test, with its standard output, its CPU and its memory. Ended with the object.
class Process {
 public:
  explicit Process(std::vector<std::string> words);  // the first is looked for in PATH; throws when it can't start
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The next line of its output that begins so, without the beginning; throws when there is none.
  std::string line_after(const std::string& beginning);
  // Waits until it ends by itself; its exit code.
  int wait();

  double cpu_seconds() const;                                 // of all its threads, those that ended too
  std::map<std::string, double> cpu_seconds_by_name() const;  // of its threads of each name
  double resident_mib() const;

 private:
  pid_t pid_ = 0;
  int output_ = -1;
  std::string ahead_;
};

// CPU that all threads of a process have used so far.
double cpu_seconds_of(pid_t process);

// The fifteen of this build.
std::string fifteen_program();

}  // namespace fifteen::test
