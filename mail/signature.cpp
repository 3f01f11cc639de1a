#include "mail/signature.hpp"

#include <string>

#include "mail/ascii.hpp"
#include "mail/reply_words.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_signature_lines = 25;
constexpr std::size_t max_line = 80;     // a signature's line is short; a paragraph is not
constexpr std::size_t max_sign_off = 5;  // lines below "Best regards,"

std::string clean(std::string_view line) {
  return lower(trim(line.substr(0, 400)));
}

bool is_rule(std::string_view line) {
  line = trim(line);
  return line.size() >= 5 && line.find_first_not_of("-_=*") == std::string_view::npos;
}

// RFC 3676, 4.3: "-- "; most editors and servers take the blank away.
bool is_delimiter(std::string_view line) {
  return trim_text(line) == "--";
}

bool ends_sentence(std::string_view line) {
  line = trim(line);
  return !line.empty() &&
         (line.back() == '?' || line.back() == '!' || (line.back() == '.' && std::ranges::count(line, ' ') > 4));
}

bool is_contact(std::string_view line) {
  if (line.find('@') != std::string_view::npos || line.find("www.") != std::string_view::npos ||
      line.find("://") != std::string_view::npos)
    return true;
  const auto digits = std::ranges::count_if(line, is_digit);
  return digits >= 7 && digits * 2 >= static_cast<std::ptrdiff_t>(line.size()) - 8;
}

// "-Abhishek Kona": a dash and up to three words that begin with a capital or a character beyond ASCII.
bool is_dashed_name(std::string_view line) {
  line = trim(line);
  if (line.size() < 3 || line.size() > 40 || line.front() != '-' || line[1] == '-') return false;
  line = trim(line.substr(1));
  if (std::ranges::count(line, ' ') > 2) return false;
  bool word_begins = true;
  for (const char c : line) {
    if (word_begins && c >= 'a' && c <= 'z') return false;
    if (is_digit(c) || c == ':' || c == ',' || c == ';') return false;
    word_begins = c == ' ';
  }
  return true;
}

class Finder {
 public:
  Finder(const std::vector<std::string_view>& lines, std::size_t begin, std::size_t end)
      : lines_(lines), begin_(begin), end_(end) {}

  Signature find() {
    trim_end();
    const std::size_t footer = end_;
    drop_list_footer();
    Signature found{end_, end_};
    if (const auto at = by_delimiter(); at != none) {
      // "-- " always comes last: what stands below it is the signature, however long.
      found = {at, end_};
    } else if (const auto device = by_device(); device != none) {
      found = {device, is_device_signature(clean(lines_[device])) ? device + 1 : device + 2};
    } else {
      for (const auto at_end : {by_dashed_name(), by_sign_off(), by_rule(), by_contacts()})
        if (at_end != none) {
          found = {at_end, end_};
          break;
        }
    }
    // A text that is nothing but a signature is the text.
    if (next_filled(begin_) >= found.begins) return {footer, footer};
    if (found.begins == end_ && end_ == footer) return {footer, footer};
    return found;
  }

 private:
  static constexpr std::size_t none = std::string_view::npos;

  bool blank(std::size_t i) const { return trim_text(lines_[i]).empty(); }
  void trim_end() {
    while (end_ > begin_ && blank(end_ - 1)) --end_;
  }
  std::size_t next_filled(std::size_t i) const {
    while (i < end_ && blank(i)) ++i;
    return i;
  }
  std::size_t earliest() const { return end_ - begin_ > max_signature_lines ? end_ - max_signature_lines : begin_; }

  bool all_short(std::size_t from) const {
    for (std::size_t i = from; i < end_; ++i)
      if (trim(lines_[i]).size() > max_line || ends_sentence(lines_[i])) return false;
    return true;
  }

  // A mailing list adds a long rule and its name and address.
  void drop_list_footer() {
    for (std::size_t i = end_; i-- > begin_ && end_ - i <= 8;) {
      if (!is_rule(lines_[i]) || trim(lines_[i]).size() < 30 || trim(lines_[i]).front() != '_') continue;
      const auto below = next_filled(i + 1);
      if (below < end_ && lower(lines_[below]).find("list") == std::string::npos) continue;
      end_ = i;
      trim_end();
      return;
    }
  }

  std::size_t by_delimiter() const {
    for (std::size_t i = begin_; i < end_; ++i)
      if (is_delimiter(lines_[i])) return i;
    return none;
  }

  // What stands below "Sent from my phone" is the thread some phones copy without marks.
  std::size_t by_device() const {
    for (std::size_t i = begin_; i < end_; ++i)
      if ((i == begin_ || blank(i - 1) || i + 1 == end_ || is_short_name(i - 1)) &&
          is_device_signature(clean(lines_[i])))
        return i > begin_ && is_short_name(i - 1) ? i - 1 : i;
    return none;
  }

  // One to three words on the first line of a paragraph, no sentence.
  bool is_short_name(std::size_t i) const {
    const auto line = trim_text(lines_[i]);
    return !line.empty() && line.size() <= 40 && std::ranges::count(line, ' ') <= 2 && !ends_sentence(line) &&
           line.back() != '.' && line.back() != ':' && (i == begin_ || blank(i - 1));
  }

  std::size_t by_dashed_name() const {
    if (end_ <= begin_) return none;
    const auto last = end_ - 1;
    return is_dashed_name(lines_[last]) && (last == begin_ || blank(last - 1)) ? last : none;
  }

  std::size_t by_sign_off() const {
    std::size_t filled = 0;
    for (std::size_t i = end_; i-- > earliest() && filled <= max_sign_off + 6;) {
      if (blank(i)) continue;
      // "Thanks, Alex" is still the sender's word; a card below it is a signature.
      if (is_sign_off(clean(lines_[i]))) return all_short(i + 1) && (filled >= 3 || contacts(i + 1) > 0) ? i : none;
      ++filled;
    }
    return none;
  }

  std::size_t by_rule() const {
    for (std::size_t i = end_; i-- > earliest();)
      if (is_rule(lines_[i]) && i + 1 < end_) return all_short(i + 1) && contacts(i + 1) >= 1 ? i : none;
    return none;
  }

  std::size_t contacts(std::size_t from) const {
    std::size_t count = 0;
    for (std::size_t i = from; i < end_; ++i) count += is_contact(trim(lines_[i]));
    return count;
  }

  // The last paragraph, where it is a visiting card.
  std::size_t by_contacts() const {
    std::size_t from = end_;
    while (from > begin_ && !blank(from - 1)) --from;
    const auto lines = end_ - from;
    if (lines < 3 || lines > 12 || from == begin_ || !all_short(from)) return none;
    return contacts(from) * 2 >= lines && !is_contact(trim(lines_[from])) ? from : none;
  }

  const std::vector<std::string_view>& lines_;
  std::size_t begin_, end_;
};

}  // namespace

Signature find_signature(const std::vector<std::string_view>& lines, std::size_t begin, std::size_t end) {
  return Finder(lines, begin, end).find();
}

}  // namespace fifteen::mail
