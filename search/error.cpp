#include "search/error.hpp"

#include <string>

namespace fifteen::search {
namespace {

class Category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "fifteen.search"; }
  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::damaged:
        return "the search index is damaged and must be rebuilt";
      case errc::outdated:
        return "the search index is of another version and must be rebuilt";
      case errc::missing:
        return "there is no search index yet";
      case errc::locked:
        return "another process writes the search index";
      case errc::changing:
        return "the search index kept changing, try again";
      case errc::failed:
        return "the search index can't be read or written";
    }
    return "unknown search error";
  }
};

}  // namespace

const boost::system::error_category& error_category() noexcept {
  static const Category category;
  return category;
}

bool must_be_rebuilt(const error_code& error) noexcept {
  return error == make_error_code(errc::damaged) || error == make_error_code(errc::outdated) ||
         error == make_error_code(errc::missing);
}

}  // namespace fifteen::search
