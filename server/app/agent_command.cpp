#include <iostream>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/input.hpp"
#include "server/app/records.hpp"
#include "server/app/refusal.hpp"
#include "server/base/password.hpp"
#include "server/base/random.hpp"
#include "server/desk/team/people.hpp"
#include "server/store/credentials.hpp"

namespace fifteen::app {
namespace {

struct NewAgent {
  std::string email, name, role = "agent", public_url;
  bool password_from_input = false;
};

std::string read_password() {
  std::string password = read_input("-");
  while (password.ends_with('\n') || password.ends_with('\r')) password.pop_back();
  if (!is_password_allowed(password)) throw Failure(Exit::bad_data, "the password must have 10 to 1024 characters");
  return password;
}

void add(const Program& program, const NewAgent& wish) {
  const std::string hash = wish.password_from_input ? hash_password(read_password()) : "";
  const std::string token = random_token();
  const auto records = open_records(program.global);
  records->write_now([&](store::Session& sql) {
    const store::Agent agent = granted(desk::add_agent(sql, desk::Actor::system(), wish.email, wish.name,
                                                       *parse<Role>(wish.role), program.clock.now()),
                                       wish.email);
    if (hash.empty())
      granted(desk::invite(sql, desk::Actor::system(), agent.id, token, program.clock.now()), wish.email);
    else
      store::set_password(sql, agent.id, hash);
  });
  std::cout << "added " << wish.email << '\n';
  if (hash.empty())
    std::cout << "she chooses her password at " << wish.public_url << "/welcome/" << token << " within a week\n";
}

void list(const Program& program) {
  const auto records = open_records(program.global);
  for (const store::Agent& agent : records->read_now([](store::Session& sql) { return desk::list_agents(sql); }))
    std::cout << agent.email << '\t' << name(agent.role) << '\t' << (agent.active ? "active" : "inactive") << '\t'
              << agent.name << '\n';
}

}  // namespace

void add_agent(Program& program) {
  auto* agent = program.line.add_subcommand("agent", "The people who answer")->require_subcommand(1);
  auto* adding = agent->add_subcommand("add", "Add one; without a password she gets a link to choose one");
  const auto wish = std::make_shared<NewAgent>();
  adding->add_option("EMAIL", wish->email, "What she signs in with")->required();
  adding->add_option("--name", wish->name, "As customers read it")->required();
  adding->add_option("--role", wish->role, "What she may do")
      ->check(CLI::IsMember({"agent", "manager", "admin"}))
      ->capture_default_str();
  adding->add_flag("--password-stdin", wish->password_from_input, "Read her password from standard input");
  adding->add_option("--public-url", wish->public_url, "How people reach the desk, for the link")->type_name("URL");
  adding->callback([&program, wish] { program.run = [&program, wish] { add(program, *wish); }; });
  agent->add_subcommand("list", "List them: address, role, state, name")->callback([&program] {
    program.run = [&program] { list(program); };
  });
}

}  // namespace fifteen::app
