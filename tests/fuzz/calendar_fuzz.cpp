#include <cstdint>
#include <cstdlib>

#include "mail/utf8.hpp"
#include "server/desk/hours/calendar.hpp"
#include "server/domain/schedule_words.hpp"

// Any bytes are a calendar or told as none: reading ends, and what comes out is named days within the horizon.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen;
  const auto today = *parse_date("2026-11-26");
  const auto reading = desk::read_calendar({reinterpret_cast<const char*>(data), size}, today);
  if (!reading) return 0;
  for (const auto& [day, name] : reading->holidays)
    if (day < today - std::chrono::days{366} || day > today + std::chrono::days{5 * 366} || name.size() > 200 ||
        !mail::is_valid_utf8(name))
      std::abort();
  return 0;
}
