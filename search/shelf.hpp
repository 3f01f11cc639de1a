#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <vector>

#include <xapian.h>

#include "search/reader.hpp"
#include "search/schema.hpp"
#include "search/xapian_errors.hpp"

namespace fifteen::search {

// Open handles on one database, lent to one query at a time. Only the sources of this folder include this header.
class Reader::Shelf {
 public:
  explicit Shelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Runs `work(database)` on the newest commit, again when the writer has meanwhile thrown away what it was reading.
  template <class Work>
  auto ask(Work&& work) -> decltype(work(std::declval<Xapian::Database&>())) {
    // Two commits during one query leave its blocks reused; three such queries in a row were never seen in
    // measurements.
    constexpr int tries = 5;
    error_code error = errc::changing;
    for (int i = 0; i < tries; ++i) {
      try {
        Handle handle = borrow();
        auto answer = work(handle.database);
        give_back(std::move(handle));
        return answer;
      } catch (const Xapian::Error& thrown) {
        error = error_of(thrown);
      }
      // A handle that failed is not given back. One fresh open tells a rebuilt index from a broken one.
      if (error != make_error_code(errc::changing) && i > 0) break;
      forget();
    }
    return error;
  }

 private:
  struct Handle {
    Xapian::Database database;
    std::array<std::int64_t, 4> birth{};  // which making of the database it is: device, inode, seconds, nanoseconds
  };
  Handle borrow();
  void give_back(Handle handle);
  void forget();

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

}  // namespace fifteen::search
