#include "server/base/web_client.hpp"

#include <memory>

#include <curl/curl.h>
#include <netinet/in.h>
#include <unistd.h>

namespace fifteen {
namespace {

// Loopback, private, link-local, shared (RFC 6598), documentation, benchmark, multicast and reserved (RFC 6890), and
// what carries an IPv4 address inside: 6to4, Teredo, NAT64.
const AddressBlocks& internal_networks() {
  static const AddressBlocks blocks =
      AddressBlocks::parse({"0.0.0.0/8",       "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",    "169.254.0.0/16",
                            "172.16.0.0/12",   "192.0.0.0/24",   "192.0.2.0/24",  "192.168.0.0/16", "198.18.0.0/15",
                            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",   "240.0.0.0/4",    "::/96",
                            "64:ff9b::/32",    "100::/64",       "2001::/23",     "2001:db8::/32",  "2002::/16",
                            "fc00::/7",        "fe80::/9",       "ff00::/8"})
          .value();
  return blocks;
}

struct Exchange {
  const WebRequest& request;
  const AddressBlocks& allowed;
  std::stop_token stop;
  WebAnswer answer;
  bool is_internal = false, is_too_long = false;
};

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* to) {
  auto& exchange = *static_cast<Exchange*>(data);
  std::string bytes;
  if (to->family == AF_INET)
    bytes.assign(reinterpret_cast<const char*>(&reinterpret_cast<sockaddr_in*>(&to->addr)->sin_addr), 4);
  else if (to->family == AF_INET6)
    bytes.assign(reinterpret_cast<const char*>(&reinterpret_cast<sockaddr_in6*>(&to->addr)->sin6_addr), 16);
  // An IPv4 address inside IPv6 is reached as IPv4.
  if (bytes.starts_with(std::string_view("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12))) bytes.erase(0, 12);
  if (bytes.empty() || (internal_networks().contain_bytes(bytes) && !exchange.allowed.contain_bytes(bytes))) {
    exchange.is_internal = true;
    return CURL_SOCKET_BAD;
  }
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  if (exchange.answer.body.size() + count > exchange.request.answer_limit) {
    exchange.is_too_long = true;
    return 0;
  }
  exchange.answer.body.append(bytes, count);
  return count;
}

int go_on(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(data)->stop.stop_requested() ? 1 : 0;
}

struct Freeing {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Lines = std::unique_ptr<curl_slist, Freeing>;

void append(Lines& lines, const std::string& line) {
  lines.reset(curl_slist_append(lines.release(), line.c_str()));
}

std::string told(CURLcode code, const Exchange& exchange, const char* detail) {
  if (exchange.is_internal)
    return "This address leads into an internal network. The operator can allow it (--may-call).";
  if (exchange.is_too_long) return "The answer is longer than we take.";
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "There is no server of this name.";
    case CURLE_COULDNT_CONNECT:
      return "The server does not take the connection.";
    case CURLE_OPERATION_TIMEDOUT:
      return "The server did not answer in time.";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "The server's certificate is not valid.";
    case CURLE_TOO_MANY_REDIRECTS:
      return "The server sends us from one address to the next.";
    case CURLE_ABORTED_BY_CALLBACK:
      return "We are just stopping.";
    default:
      return std::string("The exchange failed: ") + (*detail ? detail : curl_easy_strerror(code)) + ".";
  }
}

}  // namespace

WebClient::WebClient(AddressBlocks allowed) : allowed_(std::move(allowed)) {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)once;
}

std::expected<WebAnswer, std::string> WebClient::fetch(const WebRequest& request, std::stop_token stop) const {
  if (auto mistake = web_address_mistake(request.url); !mistake.empty()) return std::unexpected(std::move(mistake));
  Exchange exchange{.request = request, .allowed = allowed_, .stop = std::move(stop), .answer = {}};
  const std::unique_ptr<CURL, Freeing> curl(curl_easy_init());
  if (!curl) throw std::bad_alloc();
  CURL* const c = curl.get();
  char detail[CURL_ERROR_SIZE] = "";
  Lines headers;
  for (const auto& [name, value] : request.headers) append(headers, name + ": " + value);
  append(headers, "Expect:");  // else curl waits a second for 100 Continue
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_PROXY, "");
  curl_easy_setopt(c, CURLOPT_USERAGENT, "Fifteen");
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, nullptr);  // a small answer can't unfold into a large one
  curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(request.time_limit.count()));
  curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, &exchange);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, go_on);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, &exchange);
  if (request.method == "POST") {
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  } else {
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS, 5L);
  }
  if (const CURLcode code = curl_easy_perform(c); code != CURLE_OK)
    return std::unexpected(told(code, exchange, detail));
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  exchange.answer.status = static_cast<unsigned>(status);
  const char* type = nullptr;
  curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
  if (type) exchange.answer.content_type = type;
  return std::move(exchange.answer);
}

std::string web_address_mistake(const std::string& url) {
  constexpr const char* wanted = "This is an address as https://example.com/hook.";
  if (url.size() > 2000) return "This address is longer than 2,000 characters.";
  const std::unique_ptr<CURLU, Freeing> parsed(curl_url());
  if (!parsed) throw std::bad_alloc();
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return wanted;
  char* part = nullptr;
  const auto has = [&](CURLUPart which) {
    const bool is_there = curl_url_get(parsed.get(), which, &part, 0) == CURLUE_OK;
    if (is_there) curl_free(part);
    return is_there;
  };
  if (!has(CURLUPART_SCHEME) || (!url.starts_with("http://") && !url.starts_with("https://"))) return wanted;
  if (has(CURLUPART_USER) || has(CURLUPART_PASSWORD)) return "Leave name and password out of the address.";
  return {};
}

}  // namespace fifteen
