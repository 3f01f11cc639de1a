#include "server/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "server/base/clock.hpp"
#include "server/base/rfc3339.hpp"

namespace fifteen::log {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

// One logger, named apart from spdlog's default so that no library's stray line mixes with ours.
spdlog::logger& logger() {
  static spdlog::logger instance = [] {
    spdlog::logger made("fifteen", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made.set_pattern("%v");
    return made;
  }();
  return instance;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

void set_level(Level level) {
  logger().set_level(to_spdlog(level));
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (!logger().should_log(to_spdlog(level))) return;
  static constexpr const char* names[] = {"debug", "info", "warning", "error"};
  std::string line = fmt::format(R"({{"at":"{}","level":"{}","event":"{}")", to_rfc3339(SystemClock{}.now()),
                                 names[static_cast<int>(level)], event);
  for (const Field& field : fields) {
    line += ',';
    append_json_string(line, field.name);
    line += ':';
    if (field.is_number)
      line += field.value;
    else
      append_json_string(line, field.value);
  }
  line += '}';
  logger().log(to_spdlog(level), "{}", line);
}

}  // namespace fifteen::log
