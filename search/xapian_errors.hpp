#pragma once
#include <utility>

#include <xapian.h>

#include "search/error.hpp"

namespace fifteen::search {

// What Xapian's exception means to a caller. To be called inside a catch block, or with the exception in hand.
error_code error_of(const Xapian::Error& error);

// Runs `work` and turns Xapian's exceptions into errc. Other exceptions (out of memory) pass.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const Xapian::Error& error) {
    return error_of(error);
  }
}

}  // namespace fifteen::search
