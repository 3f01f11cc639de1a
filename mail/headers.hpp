#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::mail {

// One header block as it stands on the wire, unfolded, not decoded. Lines that are no header are skipped, as mail
// readers do.
class Headers {
 public:
  // Reads up to the empty line; `block_bytes` is then where the body begins. Over a ceiling the rest is left out.
  static Headers read(std::string_view raw, std::size_t max_bytes, std::size_t max_count);

  // The first of that name, empty when there is none.
  std::string_view first(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;
  bool has(std::string_view name) const;

  std::size_t body_begins = 0;   // offset of the body in `raw`
  bool cut_short = false;        // a ceiling was reached
  bool has_other_lines = false;  // some were no header

 private:
  struct Header {
    std::string name, value;
  };
  std::vector<Header> headers_;
};

}  // namespace fifteen::mail
