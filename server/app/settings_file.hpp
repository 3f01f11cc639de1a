#pragma once
#include <filesystem>
#include <optional>

namespace CLI {
class App;
}

namespace fifteen::app {

// Lets every option of every command be given as FIFTEEN_<OPTION>: --public-url as FIFTEEN_PUBLIC_URL.
void name_in_environment(CLI::App& program);

// The file of --config or FIFTEEN_CONFIG, looked for before the command line is read.
std::optional<std::filesystem::path> settings_file(int argc, char** argv);

// Reads `option = value` lines. A value enters the environment where none is set yet, so the order of precedence is
// kept by one mechanism. Throws Failure with the file and line of what is wrong.
void read_settings(const std::filesystem::path& file, CLI::App& program);

}  // namespace fifteen::app
