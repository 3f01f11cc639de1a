#include "server/base/error.hpp"

#include <string>

namespace fifteen {
namespace {

class Category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "fifteen"; }
  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::not_found:
        return "not found";
      case errc::forbidden:
        return "not allowed";
      case errc::unauthorized:
        return "not signed in";
      case errc::conflict:
        return "changed meanwhile";
      case errc::already_done:
        return "already done";
      case errc::invalid:
        return "invalid value";
      case errc::too_large:
        return "too large";
      case errc::too_many:
        return "too many requests";
      case errc::expired:
        return "expired";
      case errc::busy:
        return "busy, try again";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& error_category() noexcept {
  static const Category category;
  return category;
}

}  // namespace fifteen
