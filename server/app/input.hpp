#pragma once
#include <string>

namespace fifteen::app {

// The whole of a file, or of standard input for "-". Throws Failure when it can't be read.
std::string read_input(const std::string& file);

}  // namespace fifteen::app
