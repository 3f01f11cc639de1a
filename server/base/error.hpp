#pragma once
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace fifteen {

// A value, or why the outside's wish could not be met. A machine that fails (database away, disk full) throws instead.
template <class T>
using result = boost::system::result<T>;
using boost::system::error_code;

// What people and programs can get wrong. Only server/http/reply.cpp turns these into HTTP status codes.
enum class errc {
  not_found = 1,  // no such thing, or none that this person may know of
  forbidden,      // known, but not for this role or token
  unauthorized,   // no valid session or token
  conflict,       // somebody was faster: the version given is old, or the name is taken
  already_done,   // nothing to do: it is as asked; nothing was written
  invalid,        // a value is missing, malformed or out of range
  too_large,      // over a stated limit
  too_many,       // a rate limit, or a full queue; try again later
  expired,        // a link, token or undo window whose time is over
  busy,           // the bounded pool is full; nothing was started
};

const boost::system::error_category& error_category() noexcept;
inline error_code make_error_code(errc e) noexcept {
  return {static_cast<int>(e), error_category()};
}

}  // namespace fifteen

template <>
struct boost::system::is_error_code_enum<fifteen::errc> : std::true_type {};
