#include <iostream>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/failure.hpp"
#include "server/app/records.hpp"
#include "server/base/random.hpp"
#include "server/store/agents.hpp"
#include "server/store/api_tokens.hpp"

namespace fifteen::app {
namespace {

struct NewToken {
  std::string name, scope, agent;
};

void add(const Program& program, const NewToken& wish) {
  const std::string token = random_token();
  const auto records = open_records(program.global);
  records->write_now([&](store::Session& sql) {
    store::ApiToken about{.name = wish.name, .scope = wish.scope, .created_at = program.clock.now()};
    if (!wish.agent.empty()) {
      const auto agent = store::find_agent(sql, wish.agent);
      if (!agent || !agent->active)
        throw Failure(Exit::bad_data, wish.agent + ": no such agent; see fifteen agent list");
      about.agent = agent->id;
    }
    store::add_api_token(sql, token, about);
  });
  std::cout << token << '\n';
}

}  // namespace

void add_token(Program& program) {
  auto* token = program.line.add_subcommand("token", "Keys to the API, for programs")->require_subcommand(1);
  auto* adding = token->add_subcommand("add", "Make one and print it; it is not shown again");
  const auto wish = std::make_shared<NewToken>();
  adding->add_option("NAME", wish->name, "What it is for")->required();
  adding->add_option("--scope", wish->scope, "What it may do")
      ->required()
      ->check(CLI::IsMember({"read", "write", "admin", "all"}));
  adding->add_option("--agent", wish->agent, "Whom it acts as; without one it can't reply")->type_name("EMAIL");
  adding->callback([&program, wish] { program.run = [&program, wish] { add(program, *wish); }; });
}

}  // namespace fifteen::app
