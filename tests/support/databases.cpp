#include "tests/support/databases.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/base/random.hpp"
#include "server/store/migrate.hpp"
#include "tests/support/process.hpp"

extern char** environ;

namespace fifteen::test {
namespace {

// A private mariadbd on a Unix socket, for as long as the process lives. Its data lies in memory where the system has a
// place for that.
class MariadbServer {
 public:
  MariadbServer() {
    const std::string data = (folder_.path() / "data").string();
    run_to_end("mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --datadir=" +
               data + " >/dev/null 2>&1");
    const std::string socket = (folder_.path() / "s").string();
    // Durability is off: what these tests ask of MariaDB is its answers, not its disk.
    pid_ = start("exec mariadbd --no-defaults --user=root --datadir=" + data + " --socket=" + socket +
                 " --skip-networking --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 --sync-binlog=0 "
                 "--pid-file=" +
                 (folder_.path() / "pid").string() + " >" + (folder_.path() / "log").string() + " 2>&1");
    url_ = "mysql://root@localhost/mysql?socket=" + socket;
    for (int tries = 0;; ++tries) try {
        store::connect(store::DatabaseOptions::parse(url_), false);
        break;
      } catch (const store::DatabaseError&) {
        if (tries == 300) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      }
  }
  ~MariadbServer() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  const std::string& url() const { return url_; }

 private:
  static pid_t start(const std::string& command) {
    pid_t pid = 0;
    char shell[] = "/bin/sh", flag[] = "-c";
    std::string text = command;
    char* arguments[] = {shell, flag, text.data(), nullptr};
    if (posix_spawn(&pid, shell, nullptr, nullptr, arguments, environ) != 0)
      throw std::runtime_error("can't start: " + command);
    return pid;
  }
  static void run_to_end(const std::string& command) {
    int status = 0;
    waitpid(start(command), &status, 0);
    if (status != 0) throw std::runtime_error("failed: " + command);
  }

  TemporaryFolder folder_{std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path()};
  pid_t pid_ = 0;
  std::string url_;
};

const std::string& server_url() {
  static const std::string url = [] {
    if (const char* given = std::getenv("FIFTEEN_TEST_MARIADB")) return std::string(given);
    static MariadbServer server;
    return server.url();
  }();
  return url;
}

// The server's URL with another database's name.
std::string with_name(const std::string& url, const std::string& name) {
  const auto slash = url.find('/', url.find("//") + 2);
  const auto question = url.find('?', slash);
  return url.substr(0, slash + 1) + name + (question == std::string::npos ? "" : url.substr(question));
}

void on_server(const std::string& statement) {
  store::connect(store::DatabaseOptions::parse(with_name(server_url(), "mysql")), false)->execute(statement);
}

}  // namespace

TestDatabase::TestDatabase(store::Backend backend) {
  if (backend == store::Backend::sqlite) {
    options_ = store::DatabaseOptions::sqlite((folder_.path() / "fifteen.sqlite").string());
  } else {
    const std::string name = "fifteen_" + sha256_hex(random_bytes(16)).substr(0, 16);
    on_server("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    url_ = with_name(server_url(), name);
    options_ = store::DatabaseOptions::parse(url_);
  }
  store::migrate(options_);
}

TestDatabase::~TestDatabase() {
  if (options_.backend == store::Backend::mariadb) on_server("DROP DATABASE " + options_.name);
}

double TestDatabase::server_cpu_seconds() const {
  if (options_.backend == store::Backend::sqlite) return 0;
  std::string pid_file;
  store::connect(options_, false)
      ->read_rows("SELECT @@pid_file", {}, {{store::Column::bytes}},
                  [&](store::Value* cell) { pid_file = std::get<std::string>(*cell); });
  pid_t pid = 0;
  std::ifstream(pid_file) >> pid;
  return cpu_seconds_of(pid);
}

}  // namespace fifteen::test
