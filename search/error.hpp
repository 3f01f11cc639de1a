#pragma once
#include "server/base/error.hpp"

namespace fifteen::search {

// What an index can answer instead of a result. Xapian's own exceptions never leave this folder.
enum class errc {
  damaged = 1,  // the files are no index, or a broken one: it must be rebuilt
  outdated,     // written by another version of the schema: it must be rebuilt
  missing,      // no index in that folder yet: the writer has not made it, or it was taken away
  locked,       // another process, or another Indexer of this one, writes it
  changing,     // the writer changed it under every one of our tries; ask again
  failed,       // the machine failed underneath: disk full, not readable, not writable
};

const boost::system::error_category& error_category() noexcept;
inline error_code make_error_code(errc e) noexcept {
  return {static_cast<int>(e), error_category()};
}

// Whether only a rebuild from the records brings this index back.
bool must_be_rebuilt(const error_code& error) noexcept;

}  // namespace fifteen::search

template <>
struct boost::system::is_error_code_enum<fifteen::search::errc> : std::true_type {};
