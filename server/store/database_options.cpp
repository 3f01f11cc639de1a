#include <stdexcept>

#include <boost/url/parse.hpp>

#include "server/store/connection.hpp"

namespace fifteen::store {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw std::runtime_error("--database: " + why + "; write mysql://user:password@host:port/name");
}

}  // namespace

DatabaseOptions DatabaseOptions::sqlite(std::string path) {
  DatabaseOptions options;
  options.path = std::move(path);
  return options;
}

DatabaseOptions DatabaseOptions::parse(const std::string& text) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed) refuse("not a URL");
  const auto& url = *parsed;
  if (url.scheme() != "mysql" && url.scheme() != "mariadb")
    refuse("\"" + std::string(url.scheme()) + "\" is not a known kind of database");
  DatabaseOptions options;
  options.backend = Backend::mariadb;
  options.host = url.host();
  options.user = url.user();
  options.password = url.password();
  if (url.has_port() && !url.port().empty()) options.port = url.port_number();
  const auto segments = url.segments();
  if (segments.size() != 1 || (*segments.begin()).empty()) refuse("the database's name is missing");
  options.name = *segments.begin();
  if (const auto socket = url.params().find("socket"); socket != url.params().end())
    options.unix_socket = (*socket).value;
  if (options.user.empty()) refuse("the user's name is missing");
  if (options.host.empty() && options.unix_socket.empty()) refuse("the host is missing");
  return options;
}

}  // namespace fifteen::store
