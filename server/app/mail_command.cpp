#include <iostream>

#include <CLI/CLI.hpp>

#include "mail/parse_report.hpp"
#include "server/app/command.hpp"
#include "server/app/input.hpp"

namespace fifteen::app {
namespace {

struct Options {
  mail::ParseAs as = mail::ParseAs::message;
  std::vector<std::string> files;
};

void parse(const Options& options) {
  std::vector<mail::ParseInput> inputs;
  for (const std::string& file : options.files) inputs.push_back({file, read_input(file)});
  std::cout << mail::parse_report(inputs, options.as);
}

}  // namespace

void add_mail(Program& program) {
  auto* mail = program.line.add_subcommand("mail", "Look at mail as intake does")->require_subcommand(1);
  auto* command = mail->add_subcommand("parse", "Print how intake reads messages, one JSON object a line");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "Raw messages, or bare bodies; - for standard input")->required();
  const std::map<std::string, mail::ParseAs> kinds{
      {"message", mail::ParseAs::message}, {"text", mail::ParseAs::text}, {"html", mail::ParseAs::html}};
  command->add_option("--as", options->as, "What the files are: message, text or html")
      ->transform(CLI::CheckedTransformer(kinds))
      ->type_name("KIND");
  command->callback([&program, options] { program.run = [options] { parse(*options); }; });
}

}  // namespace fifteen::app
