#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/input.hpp"
#include "server/app/records.hpp"
#include "server/intake/deliver.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::app {
namespace asio = boost::asio;
namespace {

constexpr Exit no_user{67};

Exit code_of(intake::DeliverRefusal::Kind kind) {
  using Kind = intake::DeliverRefusal::Kind;
  if (kind == Kind::no_user) return no_user;
  return kind == Kind::data_error ? Exit::bad_data : Exit::try_again;
}

// Before the first server ran the spool does not know our addresses.
void learn_mailboxes(const Program& program, store::Spool& spool) {
  std::vector<std::string> addresses;
  for (const store::Mailbox& mailbox :
       open_records(program.global)->read_now([](store::Session& sql) { return store::mailboxes(sql); }))
    addresses.push_back(mailbox.address);
  asio::io_context loop;
  auto done = asio::co_spawn(loop, spool.keep_mailboxes(addresses), asio::use_future);
  loop.run();
  done.get();
}

// Whatever goes wrong with this machine is for the mail system to try again: it holds the message.
void deliver(const Program& program, const std::string& mailbox) {
  try {
    store::Spool spool(spool_file(program.global));
    if (spool.mailboxes_now().empty()) learn_mailboxes(program, spool);
    const auto done = intake::deliver(spool, read_input("-"), mailbox.empty() ? std::optional<std::string>() : mailbox,
                                      program.clock.now());
    if (!done) throw Failure(code_of(done.error().kind), done.error().text);
  } catch (const Failure&) {
    throw;
  } catch (const std::exception& error) {
    throw Failure(Exit::try_again, error.what());
  }
}

}  // namespace

void add_deliver(Program& program) {
  auto* command = program.line.add_subcommand("deliver", "Take one message from standard input, for pipes and aliases");
  const auto mailbox = std::make_shared<std::string>();
  command->add_option("--mailbox", *mailbox, "Which of our addresses it is for; else its own header says")
      ->type_name("ADDRESS");
  command->callback([&program, mailbox] { program.run = [&program, mailbox] { deliver(program, *mailbox); }; });
}

}  // namespace fifteen::app
