#include "server/app/program.hpp"

int main(int argc, char** argv) {
  return fifteen::app::run_program(argc, argv);
}
