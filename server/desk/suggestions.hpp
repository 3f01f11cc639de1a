#pragma once
#include <cstdint>
#include <string>

namespace fifteen::desk {

enum class SuggestedKind { article, idea };

struct Suggested {
  SuggestedKind kind = SuggestedKind::article;
  std::int64_t id = 0;
  std::string title;
  std::string url;  // "/help/refunds"
  std::string locale;
  double score = 0;
};

}  // namespace fifteen::desk
