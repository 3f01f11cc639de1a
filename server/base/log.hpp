#pragma once
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace fifteen::log {

// Structured logs on standard error, one JSON object a line: {"at":…,"level":…,"event":…, then the fields}. Any thread.
// `event` is a fixed snake_case name, values go into fields: never a secret, a token or a mail's body.
class Field {
 public:
  Field(std::string_view name, std::string_view value) : name(name), value(value) {}
  Field(std::string_view name, const char* value) : name(name), value(value) {}
  Field(std::string_view name, const std::string& value) : name(name), value(value) {}
  template <class Number>
    requires std::is_arithmetic_v<Number>
  Field(std::string_view name, Number number) : name(name), value(fmt::format("{}", number)), is_number(true) {}

  std::string name;
  std::string value;
  bool is_number = false;
};

enum class Level { debug, info, warning, error };

// Lines below `level` are dropped. Called once at start.
void set_level(Level level);
void write(Level level, std::string_view event, std::initializer_list<Field> fields);

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::debug, event, fields);
}
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::error, event, fields);
}

}  // namespace fifteen::log
