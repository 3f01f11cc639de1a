#include "search/xapian_errors.hpp"

#include <string_view>

namespace fifteen::search {

error_code error_of(const Xapian::Error& error) {
  const std::string_view type =
      error.get_type();  // the class's name: Xapian::Error has no virtual functions to cast by
  if (type == "DatabaseLockError") return errc::locked;
  if (type == "DatabaseModifiedError") return errc::changing;
  if (type == "DatabaseVersionError") return errc::outdated;
  if (type == "DatabaseNotFoundError") return errc::missing;
  if (type == "DatabaseCorruptError") return errc::damaged;
  // An error with a number is the system's (ENOSPC, EACCES, EIO); without one, the bytes made no sense to Xapian.
  if (error.get_error_string() || type == "InvalidArgumentError") return errc::failed;
  return errc::damaged;
}

}  // namespace fifteen::search
