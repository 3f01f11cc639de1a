#pragma once
#include "server/base/clock.hpp"

namespace fifteen::app {

// Reads the command line, the environment and the settings file, runs one command and returns the exit code. Standard
// output carries only the command's result.
int run_program(int argc, char** argv, const Clock& clock = SystemClock());

}  // namespace fifteen::app
