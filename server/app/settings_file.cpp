#include "server/app/settings_file.hpp"

#include <cstdlib>
#include <functional>
#include <string_view>

#include <CLI/CLI.hpp>
#include <toml++/toml.h>

#include "server/app/failure.hpp"

namespace fifteen::app {
namespace {

std::string environment_name(std::string_view option) {
  std::string name = "FIFTEEN_";
  for (const char c : option) name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

void each_option(CLI::App& app, const std::function<void(CLI::Option&, const std::string& name)>& visit) {
  for (CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames())
      if (name != "help" && name != "version") visit(*option, name);
  for (CLI::App* command : app.get_subcommands({})) each_option(*command, visit);
}

bool is_option(CLI::App& program, std::string_view wanted) {
  bool found = false;
  each_option(program, [&](CLI::Option&, const std::string& name) { found = found || name == wanted; });
  return found && wanted != "config";
}

std::string where(const std::filesystem::path& file, const toml::source_region& source) {
  return file.string() + ":" + std::to_string(source.begin.line) + ": ";
}

std::string text_of(const toml::node& value, const std::filesystem::path& file) {
  if (const auto* text = value.as_string()) return text->get();
  if (const auto* number = value.as_integer()) return std::to_string(number->get());
  if (const auto* flag = value.as_boolean()) return flag->get() ? "true" : "false";
  throw Failure(Exit::config,
                where(file, value.source()) + "a value is a text in quotes, a whole number, true or false");
}

}  // namespace

void name_in_environment(CLI::App& program) {
  each_option(program, [](CLI::Option& option, const std::string& name) { option.envname(environment_name(name)); });
}

std::optional<std::filesystem::path> settings_file(int argc, char** argv) {
  constexpr std::string_view option = "--config";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == option && i + 1 < argc) return argv[i + 1];
    if (word.starts_with("--config=")) return word.substr(option.size() + 1);
  }
  if (const char* named = std::getenv("FIFTEEN_CONFIG"); named && *named) return named;
  return {};
}

void read_settings(const std::filesystem::path& file, CLI::App& program) {
  if (!std::filesystem::is_regular_file(file))
    throw Failure(Exit::no_input, file.string() + ": no such settings file; check --config");
  toml::table settings;
  try {
    settings = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw Failure(Exit::config, where(file, error.source()) + std::string(error.description()));
  }
  for (const auto& [key, value] : settings) {
    const std::string name(key.str());
    if (!is_option(program, name))
      throw Failure(Exit::config, where(file, key.source()) + "no such option: " + name + "; see fifteen --help");
    const std::string variable = environment_name(name);
    const char* set = std::getenv(variable.c_str());
    if (!set || !*set) setenv(variable.c_str(), text_of(value, file).c_str(), 1);
  }
}

}  // namespace fifteen::app
