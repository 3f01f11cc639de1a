#include <csignal>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>

#include "server/app/app.hpp"
#include "server/app/failure.hpp"

namespace fifteen::app {
namespace {

// Signals come to one thread that waits for them, so that no handler interrupts anything.
class Signals {
 public:
  explicit Signals(App& app)
      : thread_([&app] {
          const sigset_t set = ours();
          for (int signal = 0; sigwait(&set, &signal) == 0 && signal != SIGUSR2;)
            signal == SIGHUP ? app.reload() : app.stop();
        }) {}
  ~Signals() {
    pthread_kill(thread_.native_handle(), SIGUSR2);
    thread_.join();
  }

  // Every thread of the server inherits the mask, so it is set before the first of them begins.
  static void block() {
    const sigset_t set = ours();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }

 private:
  static sigset_t ours() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR2}) sigaddset(&set, signal);
    return set;
  }

  std::thread thread_;
};

void check(const ServeOptions& options) {
  if (!options.http && !options.https && !options.smtp && !options.lmtp)
    throw Failure(Exit::usage, "nothing to serve; give at least one of --http, --https, --smtp, --lmtp");
  if (options.tls_certificate.empty() != options.tls_key.empty())
    throw Failure(Exit::usage, "--tls-cert and --tls-key belong together");
  if (options.https && options.tls_certificate.empty())
    throw Failure(Exit::usage, "--https needs --tls-cert and --tls-key");
}

void serve(const Program& program, const ServeOptions& options) {
  check(options);
  Signals::block();
  App app(program.global, options, program.clock);
  const Signals signals(app);
  for (const std::string& line : app.listening()) std::cout << "listening " << line << std::endl;
  app.run();
}

}  // namespace

void add_serve(Program& program) {
  auto* command = program.line.add_subcommand("serve", "Run the help desk");
  const auto options = std::make_shared<ServeOptions>();
  command->add_option("--http", options->http, "Web pages and API")->type_name("ADDR:PORT");
  command->add_option("--https", options->https, "The same, encrypted")->type_name("ADDR:PORT");
  command->add_option("--smtp", options->smtp, "Takes mail by SMTP")->type_name("ADDR:PORT");
  command->add_option("--lmtp", options->lmtp, "Takes mail by LMTP")->type_name("ADDR:PORT|unix:PATH");
  command->add_option("--tls-cert", options->tls_certificate, "Certificate chain, for --https and STARTTLS")
      ->type_name("FILE");
  command->add_option("--tls-key", options->tls_key, "Its key")->type_name("FILE");
  command
      ->add_option("--relay", options->relay,
                   "Where mail goes out: smtp://, smtp+tls:// or smtps://[user:password@]host[:port]")
      ->type_name("URL");
  command->add_option("--public-url", options->public_url, "How people reach the desk, for links in mail")
      ->type_name("URL");
  command->add_option("--trusted-proxy", options->trusted_proxies, "Whose X-Forwarded-For is believed")
      ->type_name("CIDR")
      ->delimiter(',');
  command->callback([&program, options] { program.run = [&program, options] { serve(program, *options); }; });
}

}  // namespace fifteen::app
