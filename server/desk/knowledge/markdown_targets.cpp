#include "server/desk/knowledge/markdown_targets.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace fifteen::desk {
namespace {

constexpr std::size_t deepest = 100;  // brackets within brackets

class Targets {
 public:
  using NewTarget = std::function<std::optional<std::string>(const MarkdownTarget&)>;

  Targets(std::string_view text, const NewTarget& new_target) : text_(text), new_target_(new_target) {
    for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
      const std::size_t end = run_end(at);
      runs_[end - at].push_back(at);
      at = end;
    }
  }

  std::string rewritten() {
    for (bool is_line_start = true; at_ < text_.size();) {
      if (is_line_start && begins_line()) continue;
      const char c = text_[at_];
      is_line_start = c == '\n';
      if (c == '\\')
        at_ += 2;
      else if (c == '`')
        pass_code();
      else if (c == '[')
        open(at_ > 0 && text_[at_ - 1] == '!');
      else if (c == ']')
        close();
      else
        ++at_;
    }
    out_.append(text_.substr(kept_));
    return std::move(out_);
  }

 private:
  std::size_t run_end(std::size_t at) const { return std::min(text_.find_first_not_of(text_[at], at), text_.size()); }
  std::size_t line_end(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

  // A fence of code is passed over, a reference is asked for; true: a whole line or more is done.
  bool begins_line() {
    const std::size_t begin = std::min(text_.find_first_not_of(" \t>", at_), text_.size());
    if (begin == text_.size() || text_[begin] == '\n') brackets_.clear();
    if (begin == text_.size()) return false;
    const std::string_view line = text_.substr(begin, line_end(begin) - begin);
    if (line.starts_with("~~~") || (line.starts_with("```") && !line.substr(run_end(begin) - begin).contains('`'))) {
      pass_fence(begin);
      return true;
    }
    const std::size_t closed = line.starts_with('[') && !line.starts_with("[^") ? line.find(']') : line.npos;
    if (closed == line.npos || !line.substr(closed).starts_with("]:")) return false;
    replace(begin + closed + 2, begin + line.size(), false);
    at_ = begin + line.size();
    return true;
  }

  void pass_fence(std::size_t begin) {
    const std::size_t length = run_end(begin) - begin;
    const char mark = text_[begin];
    for (at_ = std::min(line_end(begin) + 1, text_.size()); at_ < text_.size();) {
      const std::size_t from = std::min(text_.find_first_not_of(" \t>", at_), text_.size()), end = line_end(at_);
      at_ = std::min(end + 1, text_.size());
      if (from < end && text_[from] == mark && run_end(from) - from >= length &&
          text_.substr(run_end(from), end - std::min(run_end(from), end)).find_first_not_of(" \t\r") ==
              std::string_view::npos)
        return;
    }
  }

  // As many backticks end it as began it; without them it is none.
  void pass_code() {
    const std::size_t end = run_end(at_);
    const auto& same = runs_[end - at_];
    const auto next = std::ranges::upper_bound(same, at_);
    at_ = next == same.end() ? end : run_end(*next);
  }

  void open(bool is_picture) {
    if (brackets_.size() < deepest) brackets_.push_back(is_picture);
    ++at_;
  }

  void close() {
    ++at_;
    if (brackets_.empty()) return;
    const bool is_picture = brackets_.back();
    brackets_.pop_back();
    if (at_ < text_.size() && text_[at_] == '(') replace(at_ + 1, text_.size(), is_picture);
  }

  void replace(std::size_t from, std::size_t end, bool is_picture) {
    from = std::min(text_.find_first_not_of(" \t", from), end);
    if (from >= end) return;
    std::size_t to = from;
    if (text_[from] == '<') {
      to = std::min({text_.find_first_of(">\n", ++from), end});
    } else {
      for (int open = 0; to < end && !std::string_view(" \t\r\n").contains(text_[to]); ++to) {
        if (text_[to] == '(') ++open;
        if (text_[to] == ')' && open-- == 0) break;
      }
    }
    if (const auto made = new_target_({text_.substr(from, to - from), is_picture})) {
      out_.append(text_.substr(kept_, from - kept_)).append(*made);
      kept_ = to;
    }
    at_ = to;
  }

  const std::string_view text_;
  const NewTarget& new_target_;
  std::map<std::size_t, std::vector<std::size_t>> runs_;  // of backticks: where, by how many
  std::vector<bool> brackets_;                            // open ones: of pictures?
  std::size_t at_ = 0, kept_ = 0;                         // up to where `out_` has the text
  std::string out_;
};

}  // namespace

std::string with_targets(std::string_view markdown,
                         const std::function<std::optional<std::string>(const MarkdownTarget&)>& new_target) {
  return Targets(markdown, new_target).rewritten();
}

}  // namespace fifteen::desk
