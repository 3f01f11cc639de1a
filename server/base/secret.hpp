#pragma once
#include <string>
#include <utility>

namespace fifteen {

// A password or key that can't reach a log by accident: it has no conversion, no operator<< and no formatter.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  bool empty() const { return value_.empty(); }
  // Only where it is handed to the other side.
  const std::string& reveal() const { return value_; }

  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string value_;
};

}  // namespace fifteen
