#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

// How a schedule is written: "mon", "09:00", "2026-12-25".
namespace fifteen {

std::optional<std::chrono::weekday> parse_weekday(std::string_view text);
std::string_view name(std::chrono::weekday day);

// "00:00" to "24:00"
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);
std::string to_time_of_day(std::chrono::minutes time);

std::optional<std::chrono::local_days> parse_date(std::string_view text);
std::string to_date(std::chrono::local_days day);

}  // namespace fifteen
