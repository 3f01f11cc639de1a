// 2 KB of JSON over 64 kept connections, against nginx sending the same from a file: requests a second and CPU a
// request, the median of paired runs. Needs wrk and nginx.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/base/listen.hpp"
#include "server/http/connection.hpp"
#include "tests/support/temporary_folder.hpp"

extern char** environ;

namespace {

using namespace fifteen;

constexpr int runs = 5;
const std::string body(2017, 'x');

class JsonService final : public http::Service {
 public:
  std::size_t body_limit(const http::Request&) override { return 0; }
  asio::awaitable<http::Reply> answer(http::Request&) override {
    co_return http::file(body, "application/json", http::Guard::data);
  }
};

pid_t start(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = 0;
  if (posix_spawnp(&pid, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) return 0;
  return pid;
}

double cpu_seconds(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string word;
  double ticks = 0;
  for (int i = 3; i <= 15 && fields >> word; ++i)
    if (i == 14 || i == 15) ticks += std::stod(word);
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

struct Load {
  double a_second = 0;
  double requests = 0;
};
Load run_wrk(const std::string& url) {
  FILE* pipe = popen(("wrk -t1 -c64 -d2s " + url + " 2>/dev/null").c_str(), "r");
  Load load;
  std::array<char, 256> line{};
  while (pipe && fgets(line.data(), line.size(), pipe)) {
    std::sscanf(line.data(), " %lf requests in", &load.requests);
    std::sscanf(line.data(), "Requests/sec: %lf", &load.a_second);
  }
  if (pipe) pclose(pipe);
  return load;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void print(const char* bench, double value, const char* unit, double peer) {
  std::cout << "{\"bench\":\"" << bench << "\",\"value\":" << value << ",\"unit\":\"" << unit << "\",\"peer\":" << peer
            << ",\"ratio\":" << value / peer << "}" << std::endl;
}

}  // namespace

int main() {
  signal(SIGPIPE, SIG_IGN);
  // The server is a process of its own, so that its CPU can be told from wrk's.
  int ready[2];
  if (pipe(ready) != 0) return 71;
  const pid_t ours = fork();
  if (ours == 0) {
    JsonService service;
    asio::io_context loop(1);
    http::Connections connections(service, {}, {});
    Listener listener(loop.get_executor(), "127.0.0.1:0");
    listener.start([&](std::unique_ptr<Stream> stream) { connections.serve(std::move(stream)); });
    const std::string address = listener.address() + "\n";
    if (write(ready[1], address.data(), address.size()) < 0) return 71;
    loop.run();
    return 0;
  }
  std::string address(64, '\0');
  address.resize(static_cast<std::size_t>(std::max<ssize_t>(0, read(ready[0], address.data(), address.size()))));
  address.pop_back();

  test::TemporaryFolder folder;
  folder.write("body.json", body);
  const std::string port = "18297", path = folder.path().string();
  folder.write("nginx.conf",
               "daemon off; master_process off; worker_processes 1; error_log /dev/null; pid " + path +
                   "/pid; events {} http { access_log off; sendfile on; open_file_cache max=10; keepalive_requests "
                   "1000000000; default_type application/json; client_body_temp_path " +
                   path + "/a; proxy_temp_path " + path + "/b; fastcgi_temp_path " + path + "/c; uwsgi_temp_path " +
                   path + "/d; scgi_temp_path " + path + "/e; server { listen 127.0.0.1:" + port + "; root " + path +
                   "; } }");
  std::filesystem::permissions(folder.path(), std::filesystem::perms::others_exec | std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  const pid_t nginx = start({"nginx", "-c", path + "/nginx.conf", "-p", path});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));

  std::vector<double> our_rate, nginx_rate, our_cpu, nginx_cpu;
  const auto measure = [](pid_t pid, const std::string& url, std::vector<double>& rate, std::vector<double>& cpu) {
    const double before = cpu_seconds(pid);
    const Load load = run_wrk(url);
    rate.push_back(load.a_second);
    cpu.push_back((cpu_seconds(pid) - before) / std::max(load.requests, 1.0) * 1e6);
  };
  for (int i = 0; i < runs; ++i) {
    measure(ours, "http://" + address + "/body.json", our_rate, our_cpu);
    measure(nginx, "http://127.0.0.1:" + port + "/body.json", nginx_rate, nginx_cpu);
  }
  for (const pid_t pid : {ours, nginx}) {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  if (median(nginx_rate) == 0 || median(our_rate) == 0) {
    std::cerr << "http_bench: wrk or nginx is missing or did not start\n";
    return 69;
  }
  print("http_2kb_json_requests", median(our_rate), "requests/s", median(nginx_rate));
  print("http_2kb_json_cpu", median(our_cpu), "us CPU/request", median(nginx_cpu));
}
