#include "server/desk/reports/wait_page.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <unordered_map>

namespace fifteen::desk {
namespace {

static_assert(std::endian::native == std::endian::little, "pages are kept as they lie in memory");

constexpr std::uint32_t format = 1;
constexpr std::size_t slack = 8;  // a cell is read as eight bytes

class Out {
 public:
  void number(std::uint32_t value) { raw(&value, sizeof value); }
  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes.append(text);
  }
  void column(const std::vector<std::int64_t>& values) {
    const auto [low, high] = std::ranges::minmax(values);
    const auto lowest = static_cast<std::uint64_t>(low), reach = static_cast<std::uint64_t>(high) - lowest;
    const auto width = static_cast<unsigned>((std::bit_width(reach) + 7) / 8);
    raw(&lowest, sizeof lowest);
    bytes.push_back(static_cast<char>(width));
    for (const std::int64_t value : values) {
      const std::uint64_t above = static_cast<std::uint64_t>(value) - lowest;
      raw(&above, width);
    }
  }

  std::string bytes;

 private:
  void raw(const void* at, std::size_t size) { bytes.append(static_cast<const char*>(at), size); }
};

class In {
 public:
  explicit In(std::string_view bytes) : left_(bytes) {}
  // Null: fewer are left.
  const char* take(std::size_t size) {
    if (left_.size() < size) return nullptr;
    const char* at = left_.data();
    left_.remove_prefix(size);
    return at;
  }
  template <class T>
  std::optional<T> number() {
    T value;
    const char* at = take(sizeof value);
    if (!at) return {};
    std::memcpy(&value, at, sizeof value);
    return value;
  }
  std::size_t left() const { return left_.size(); }

 private:
  std::string_view left_;
};

void sort_by_start(std::vector<CountedWait>& waits) {
  std::ranges::sort(waits, [](const CountedWait& a, const CountedWait& b) {
    return std::tie(a.measured.started_at, a.started_by) < std::tie(b.measured.started_at, b.started_by);
  });
}

std::int64_t flags_of(const CountedWait& wait) {
  return static_cast<std::int64_t>(wait.measured.ending) | (wait.measured.first ? 8 : 0) |
         static_cast<std::int64_t>(wait.rated) << 4;
}

}  // namespace

Rated parse_rated(std::string_view score) {
  return score == "kudos" ? Rated::kudos : score == "good" ? Rated::good : score == "bad" ? Rated::bad : Rated::no;
}

std::string_view name(Rated rated) {
  static constexpr std::array<std::string_view, 4> names = {"", "bad", "good", "kudos"};
  return names[static_cast<std::size_t>(rated)];
}

WaitPage::WaitPage(std::vector<CountedWait> waits) {
  sort_by_start(waits);
  for (CountedWait& wait : waits)
    if (wait.measured.ending == Ending::running) wait.measured.wall = wait.measured.business = {};
  Out out;
  out.number(format);
  out.number(static_cast<std::uint32_t>(waits.size()));
  std::vector<std::int64_t> values(waits.size());
  const auto column = [&](auto value_of) {
    std::ranges::transform(waits, values.begin(), value_of);
    if (!values.empty()) out.column(values);
  };
  column([](const CountedWait& w) { return w.started_by.value; });
  column([](const CountedWait& w) { return to_us(w.measured.started_at); });
  column([](const CountedWait& w) { return w.measured.wall.count(); });
  column([](const CountedWait& w) { return (w.measured.wall - w.measured.business).count(); });
  column([](const CountedWait& w) { return w.measured.target.count(); });
  column(flags_of);
  for (std::size_t facet = 0; facet < facet_count; ++facet) {
    std::vector<const std::string*> texts;
    std::unordered_map<std::string_view, std::int64_t> places;
    column([&](const CountedWait& w) {
      const auto [place, is_new] = places.try_emplace(w.facets[facet], texts.size());
      if (is_new) texts.push_back(&w.facets[facet]);
      return place->second;
    });
    out.number(static_cast<std::uint32_t>(texts.size()));
    for (const std::string* text : texts) out.text(*text);
  }
  out.bytes.append(slack, '\0');
  bytes_ = std::move(out.bytes);
  if (!read()) throw std::logic_error("a page of waits can't be read back");
}

std::vector<WaitPage> WaitPage::pack(std::vector<CountedWait> waits) {
  std::vector<WaitPage> pages;
  if (waits.size() <= most_waits) {
    pages.emplace_back(std::move(waits));
    return pages;
  }
  sort_by_start(waits);
  for (std::size_t from = 0; from < waits.size(); from += most_waits) {
    const auto begin = waits.begin() + static_cast<std::ptrdiff_t>(from);
    const auto count = static_cast<std::ptrdiff_t>(std::min(most_waits, waits.size() - from));
    pages.emplace_back(std::vector(std::move_iterator(begin), std::move_iterator(begin + count)));
  }
  return pages;
}

std::optional<WaitPage> WaitPage::parse(std::string bytes) {
  WaitPage page;
  page.bytes_ = std::move(bytes);
  if (!page.read()) return {};
  return page;
}

bool WaitPage::read() {
  In in(bytes_);
  const auto version = in.number<std::uint32_t>(), rows = in.number<std::uint32_t>();
  if (version != format || !rows || *rows > most_waits) return false;
  size_ = *rows;
  for (std::size_t i = 0; i < column_count; ++i) {
    if (size_ > 0) {
      const auto lowest = in.number<std::uint64_t>();
      const auto width = in.number<std::uint8_t>();
      if (!lowest || !width || *width > 8) return false;
      const char* at = in.take(size_ * *width);
      if (!at || in.left() < slack) return false;
      columns_[i] = Column(at, *lowest, *width);
    }
    if (i < first_facet) continue;
    auto& texts = texts_[i - first_facet];
    const auto count = in.number<std::uint32_t>();
    if (!count || *count > in.left() / sizeof(std::uint32_t)) return false;
    for (std::uint32_t n = 0; n < *count; ++n) {
      const auto length = in.number<std::uint32_t>();
      const char* text = length ? in.take(*length) : nullptr;
      if (!text) return false;
      texts.emplace_back(text, *length);
    }
    for (std::size_t row = 0; row < size_; ++row)
      if (static_cast<std::uint64_t>(columns_[i][row]) >= texts.size()) return false;
  }
  return in.left() == slack;
}

std::vector<CountedWait> WaitPage::unpack() const {
  std::vector<CountedWait> waits(size_);
  for (std::size_t row = 0; row < size_; ++row) {
    waits[row] = {.started_by = started_by(row), .measured = measured(row), .facets = {}, .rated = rated(row)};
    for (std::size_t facet = 0; facet < facet_count; ++facet)
      waits[row].facets[facet] = texts_[facet][place(row, static_cast<Facet>(facet))];
  }
  return waits;
}

}  // namespace fifteen::desk
