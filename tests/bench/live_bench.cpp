// Memory of idle live connections: a server with a hub in this process, browsers in two others (a process may open
// 20,000 files at most).
#include <charconv>
#include <fstream>
#include <iostream>

#include <arpa/inet.h>
#include <fcntl.h>
#include <prometheus/registry.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/base/random.hpp"
#include "server/http/site.hpp"
#include "server/live/hub.hpp"
#include "server/store/migrate.hpp"
#include "server/store/sessions.hpp"
#include "tests/support/http_server.hpp"
#include "tests/support/temporary_folder.hpp"

extern char** environ;

namespace {

using namespace fifteen;

double resident_kib() {
  std::ifstream in("/proc/self/statm");
  double size = 0, resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

void raise_file_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Opens WebSockets, says how many it has, and holds them until its standard input ends.
int browse(const std::string& port, int count, const std::string& token) {
  raise_file_limit();
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  const std::string handshake =
      "GET /api/v1/live HTTP/1.1\r\nHost: d\r\nOrigin: http://d\r\nConnection: Upgrade\r\nUpgrade: "
      "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
      "dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: fifteen=" +
      token + "\r\n\r\n";
  int open = 0;
  for (int i = 0; i < count; ++i) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    char answer[2048];
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 &&
        write(fd, handshake.data(), handshake.size()) > 0 && read(fd, answer, sizeof answer) > 12 &&
        std::string_view(answer, 12) == "HTTP/1.1 101")
      ++open;
  }
  std::cout << open << std::endl;
  char end;
  while (read(STDIN_FILENO, &end, 1) > 0) {
  }
  return 0;
}

// A process of browsers, with pipes to and from it.
struct Browsers {
  pid_t pid = 0;
  int in = -1, out = -1;

  Browsers(const char* program, const std::string& port, int count, const std::string& token) {
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, to[1]);
    std::string words[] = {program, "browse", port, std::to_string(count), token};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), words[4].data(), nullptr};
    posix_spawn(&pid, program, &actions, nullptr, arguments, environ);
    close(to[0]);
    close(from[1]);
    in = to[1];
    out = from[0];
  }
  int opened() const {
    char text[32];
    const auto size = read(out, text, sizeof text);
    int count = 0;
    if (size > 0) std::from_chars(text, text + size, count);
    return count;
  }
  void end() const {
    close(in);
    waitpid(pid, nullptr, 0);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && std::string(argv[1]) == "browse") return browse(argv[2], std::stoi(argv[3]), argv[4]);
  raise_file_limit();
  test::TemporaryFolder folder;
  const auto options = store::DatabaseOptions::sqlite(folder.path() / "desk.sqlite");
  store::migrate(options);
  store::Database database(options);
  SystemClock clock;
  const std::string token = random_token();
  database.write_now([&](store::Session& sql) {
    const AgentId agent(sql.insert(
        "INSERT INTO agents (email, name, role, active, created_at) VALUES ('a@x', 'Ana', 'agent', 1, 0)", {}));
    store::add_session(sql, token, agent, "c", clock.now());
  });
  BlockingPool passwords(1, 1);
  http::Setup setup;
  http::Site site(database, passwords, clock, setup);
  test::TestServer server(site);
  live::Hub hub(server.loop().get_executor(), database, clock);
  setup.live = &hub;
  server.on_loop([&] { hub.start(); });
  const std::string port = server.address().substr(server.address().rfind(':') + 1);

  const auto measure = [&](int count) {
    const double before = resident_kib();
    const Browsers first(argv[0], port, count / 2, token), second(argv[0], port, count / 2, token);
    const int open = first.opened() + second.opened();
    std::this_thread::sleep_for(std::chrono::seconds(2));
    const double grown = resident_kib() - before;
    first.end();
    second.end();
    return std::pair(open, grown);
  };
  const auto [open, grown] = measure(10'000);
  std::cout << "{\"bench\":\"live_idle_connection\",\"value\":" << grown / std::max(open, 1)
            << ",\"unit\":\"KiB RSS a connection, " << open
            << " open\",\"peer\":16,\"ratio\":" << grown / std::max(open, 1) / 16 << "}" << std::endl;
  server.end(hub);
}
