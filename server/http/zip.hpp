#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::http {

// A zip archive whose members are stored as they are (APPNOTE.TXT 4.3): pictures don't shrink, texts are small. Names
// are UTF-8. Below 4 GiB.
class Zip {
 public:
  void add(std::string_view name, std::string_view bytes);
  std::string finish() &&;
  std::size_t size() const { return out_.size(); }

 private:
  std::string out_, directory_;
  std::uint16_t members_ = 0;
};

}  // namespace fifteen::http
