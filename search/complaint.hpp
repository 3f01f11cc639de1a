#pragma once
#include <cstddef>
#include <expected>
#include <string>

namespace fifteen::search {

// What is wrong with a file that somebody wrote, for that person's eyes.
struct Complaint {
  std::string file;
  std::size_t line = 0;  // from 1; 0: the file as a whole
  std::string what;      // what is wrong and how to mend it

  // "kb/refunds.md:3: …", in one line
  std::string sentence() const { return file + (line ? ":" + std::to_string(line) : "") + ": " + what; }
};

template <class T>
using readable = std::expected<T, Complaint>;

}  // namespace fifteen::search
