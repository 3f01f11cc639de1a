#pragma once
#include <stdexcept>
#include <string>

namespace fifteen::app {

// Exit codes of sysexits(3).
enum class Exit {
  ok = 0,
  usage = 64,        // a wrong option or argument
  bad_data = 65,     // a file whose contents can't be accepted
  no_input = 66,     // a file that can't be read
  unavailable = 69,  // the database or another service can't be reached
  software = 70,     // our own failure
  os = 71,           // a port that is taken, a resource that is not to be had
  cannot_create = 73,
  io = 74,  // disk full and its kin
  try_again = 75,
  config = 78,  // a wrong line in the settings file
};

// Ends a command: one line that says what, where and how to mend it.
class Failure : public std::runtime_error {
 public:
  Failure(Exit code, const std::string& line) : std::runtime_error(line), code_(code) {}
  Exit code() const { return code_; }

 private:
  Exit code_;
};

}  // namespace fifteen::app
