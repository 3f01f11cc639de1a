#pragma once
#include <string>

#include "server/app/failure.hpp"
#include "server/base/error.hpp"

namespace fifteen::app {

// The value of what a command asked for, or the command's end with the desk's reason behind `what`.
template <class T>
T granted(result<T> answer, const std::string& what) {
  if (answer.has_error() && answer.error() == errc::conflict)
    throw Failure(Exit::bad_data, what + ": is taken already");
  if (answer.has_error()) throw Failure(Exit::bad_data, what + ": " + answer.error().message());
  return std::move(*answer);
}

}  // namespace fifteen::app
