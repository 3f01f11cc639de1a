#include <iostream>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/records.hpp"
#include "server/app/refusal.hpp"
#include "server/desk/team/mailboxes.hpp"

namespace fifteen::app {
namespace {

struct NewMailbox {
  std::string address, name;
  std::optional<std::int64_t> target_seconds, schedule;
};

void add(const Program& program, const NewMailbox& wish) {
  desk::MailboxChange change;
  change.address = wish.address;
  change.name = wish.name;
  if (wish.target_seconds) change.target = std::chrono::seconds(*wish.target_seconds);
  if (wish.schedule) change.schedule = ScheduleId(*wish.schedule);
  const auto records = open_records(program.global);
  records->write_now([&](store::Session& sql) {
    granted(desk::add_mailbox(sql, desk::Actor::system(), change, program.clock.now()), wish.address);
  });
  std::cout << "added " << wish.address << '\n';
}

}  // namespace

void add_mailbox(Program& program) {
  auto* mailbox = program.line.add_subcommand("mailbox", "The addresses that take mail")->require_subcommand(1);
  auto* adding = mailbox->add_subcommand("add", "Add one");
  const auto wish = std::make_shared<NewMailbox>();
  adding->add_option("ADDRESS", wish->address, "What customers write to")->required();
  adding->add_option("--name", wish->name, "The sender's name on answers")->required();
  adding->add_option("--target-seconds", wish->target_seconds, "The promise; 900 unless given")
      ->check(CLI::PositiveNumber);
  adding->add_option("--schedule", wish->schedule, "Business hours; always open unless given")
      ->check(CLI::PositiveNumber);
  adding->callback([&program, wish] { program.run = [&program, wish] { add(program, *wish); }; });
}

}  // namespace fifteen::app
