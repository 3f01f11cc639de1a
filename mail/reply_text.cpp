#include "mail/reply_text.hpp"

#include <vector>

#include "mail/ascii.hpp"
#include "mail/reply_words.hpp"
#include "mail/signature.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_wrapped_lines = 4;     // over which clients wrap "On … wrote:"
constexpr std::size_t max_attribution = 400;     // bytes of a line that may introduce a quote
constexpr std::size_t max_lines_looked_at = 12;  // below a divider, for its header block

class Splitter {
 public:
  explicit Splitter(std::string_view text) : lines_(lines_of(text)), marks_(lines_.size()) {
    lowered_.reserve(lines_.size());
    for (const auto line : lines_)
      lowered_.push_back(lower_text(head(without_direction_marks(std::string(trim_text(line))), max_attribution)));
  }

  ReplyText split() {
    const std::size_t cut = first_cut();
    std::size_t end = trailing_quote(cut);
    Signature below = find_signature(lines_, 0, end);
    // Some sign below the quoted thread: with that signature gone, the quote is the end of the text.
    if (end == cut) {
      end = trailing_quote(below.begins);
      if (end < below.begins) below = find_signature(lines_, 0, end);
    }
    ReplyText reply;
    const std::size_t begin = leading_quote(below.begins);
    reply.visible = joined(begin, below.begins);
    reply.signature = joined(below.begins, below.ends);
    reply.folded = joined(0, begin);
    if (const auto rest = joined(below.ends, lines_.size()); !rest.empty())
      reply.folded += (reply.folded.empty() ? "" : "\n") + rest;
    return reply;
  }

 private:
  bool blank(std::size_t i) const { return lowered_[i].empty(); }
  // ">:" closes a wrapped "… <joe@example.com>:".
  bool quoted(std::size_t i) const { return lowered_[i].starts_with('>') && lowered_[i] != ">:"; }

  std::size_t next_filled(std::size_t i) const {
    while (i < lines_.size() && blank(i)) ++i;
    return i;
  }

  // If an "On … wrote:" ends on line `last`, the line on which it begins; else npos.
  std::size_t attribution_begins(std::size_t last) const {
    const auto& end = lowered_[last];
    if (end.empty() || quoted(last) || end.size() >= max_attribution) return std::string::npos;
    const bool colon = end.ends_with(':') || end.ends_with("：");
    const bool bare = end.ends_with("wrote") || end.ends_with("wrote ----") || end.ends_with("写道");
    if (!colon && !bare) return std::string::npos;
    std::size_t found = std::string::npos, bytes = 0;
    Marks together;
    for (std::size_t i = last + 1; i-- > 0 && last - i < max_wrapped_lines && !blank(i) && !quoted(i);) {
      bytes += lowered_[i].size();
      if (bytes > 2 * max_attribution) break;
      together.add(marks_of(i));
      // Without a verb it takes date, time and an address: "Wed, 30 Apr 2025 15:19, Joe <joe@example.com>:".
      if (together.date && (together.verb || (together.address && end.ends_with(">:")))) return i;
      if (together.verb && together.address && found == std::string::npos) found = i;
    }
    if (found != std::string::npos) return found;
    const bool answered = next_filled(last + 1) < lines_.size() && quoted(next_filled(last + 1));
    return answered && marks_of(last).verb ? last : std::string::npos;
  }

  // Lines from `i` on that are the header block of a quoted mail: From and two of Date, To, Subject.
  bool header_block(std::size_t i) const {
    if (i >= lines_.size() || header_field(lowered_[i]) == HeaderField::none) return false;
    bool seen[5] = {};
    std::size_t gaps = 0;
    for (std::size_t at = i; at < lines_.size() && at < i + max_lines_looked_at && gaps < 3; ++at) {
      const auto field = header_field(lowered_[at]);
      gaps = field == HeaderField::none ? gaps + 1 : 0;
      seen[static_cast<int>(field)] = true;
    }
    using enum HeaderField;
    const int others = seen[int(date)] + seen[int(to)] + seen[int(subject)];
    return (seen[int(from)] && others >= 2) || others == 3;
  }

  // "-----Original Message-----", "____" or "----" above a header block.
  bool divider(std::size_t i) const {
    const std::string_view line = lowered_[i];
    if (line.empty() || quoted(i)) return false;
    if (is_reply_above_line(line)) return true;
    const auto words_begin = line.find_first_not_of("-_=*> ");
    const bool ruled = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    if (words_begin == std::string_view::npos) return ruled && line.size() >= 5 && header_block(next_filled(i + 1));
    auto words = line.substr(words_begin);
    words = words.substr(0, words.find_last_not_of("-_=* :") + 1);
    if (line.starts_with("begin forwarded message")) return true;
    if (!ruled || (line.back() != '-' && line.back() != '_' && line.back() != '=')) return false;
    return is_original_message_title(words) || (line.ends_with("--") && header_block(next_filled(i + 1)));
  }

  // Where a thread begins that no ">" marks: everything from there on is folded.
  std::size_t first_cut() const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (blank(i) || quoted(i)) continue;
      if (divider(i) || (header_field(lowered_[i]) == HeaderField::from && header_block(i))) return i;
      const auto begins = attribution_begins(i);
      if (begins == std::string::npos) continue;
      const auto next = next_filled(i + 1);
      if (next < lines_.size() && quoted(next)) continue;  // the marks tell how far this quote goes
      return begins;
    }
    return lines_.size();
  }

  // Where the quote that ends the text begins, together with the line that introduces it.
  std::size_t trailing_quote(std::size_t end) const {
    std::size_t begin = end;
    while (begin > 0 && (blank(begin - 1) || quoted(begin - 1))) --begin;
    bool any = false;
    for (std::size_t i = begin; i < end; ++i) any |= quoted(i);
    if (!any) return end;
    if (begin > 0)
      if (const auto introduced = attribution_begins(begin - 1); introduced != std::string::npos) begin = introduced;
    // A mail that only quotes shows its quote.
    return next_filled(0) >= begin ? end : begin;
  }

  // Where the text begins below a quote that stands first.
  std::size_t leading_quote(std::size_t end) const {
    std::size_t at = next_filled(0);
    for (std::size_t i = at; i < end && i < at + max_wrapped_lines && !blank(i) && !quoted(i); ++i)
      if (attribution_begins(i) == at) {
        at = next_filled(i + 1);
        break;
      }
    const std::size_t begins = at;
    while (at < end && (blank(at) || quoted(at))) ++at;
    return at > begins && begins < end && quoted(begins) && at < end ? at : 0;
  }

  std::string joined(std::size_t begin, std::size_t end) const {
    while (begin < end && blank(begin)) ++begin;
    while (end > begin && blank(end - 1)) --end;
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text.append(i > begin ? "\n" : "").append(lines_[i]);
    return text;
  }

  // What a line holds of an attribution; found once a line, when first asked for.
  struct Marks {
    bool known = false, verb = false, date = false, address = false;
    void add(const Marks& other) {
      verb |= other.verb;
      date |= other.date;
      address |= other.address;
    }
  };

  const Marks& marks_of(std::size_t i) const {
    const auto& line = lowered_[i];
    if (!marks_[i].known)
      marks_[i] = {true, has_attribution_verb(line), has_date(line), line.find('@') != std::string::npos};
    return marks_[i];
  }

  std::vector<std::string_view> lines_;
  std::vector<std::string> lowered_;
  mutable std::vector<Marks> marks_;
};

}  // namespace

ReplyText split_reply(std::string_view text) {
  return Splitter(text).split();
}

}  // namespace fifteen::mail
