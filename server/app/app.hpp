#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app/command.hpp"
#include "server/store/connection.hpp"

namespace fifteen::app {

// What `serve` was started with.
struct ServeOptions {
  std::optional<std::string> http, https, smtp, lmtp;  // where to listen; none: not at all
  std::string tls_certificate, tls_key;                // files
  std::string relay;                                   // URL; empty: outgoing mail waits visibly
  std::string public_url;
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> may_call;  // internal networks that webhooks and calendars may reach
};

// The server: every part of a running desk, wired together. Built and run on one thread, which becomes the event loop.
class App {
 public:
  // Opens the records, the spool and the doors; throws Failure with one line for what can't be had.
  App(const GlobalOptions& global, const ServeOptions& options, const Clock& clock);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // "http 127.0.0.1:8015", a line a listener.
  const std::vector<std::string>& listening() const;

  // Serves until stop(), then drains: no further connections, requests and mails under way are finished. Throws what
  // ended it otherwise.
  void run();
  // Any thread, also a signal's handler of the loop.
  void stop();
  // Reads the certificate again. Any thread.
  void reload();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fifteen::app
