#include "server/app/input.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "server/app/failure.hpp"

namespace fifteen::app {

std::string read_input(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  if (std::filesystem::is_directory(file)) throw Failure(Exit::no_input, file + ": is a folder, not a file");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Failure(Exit::no_input, file + ": " + std::strerror(errno));
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace fifteen::app
