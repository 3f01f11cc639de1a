#pragma once
#include <memory>
#include <span>

#include "server/base/blocking_pool.hpp"
#include "server/http/connection.hpp"
#include "server/http/route.hpp"
#include "server/http/router.hpp"
#include "server/http/setup.hpp"
#include "server/store/database.hpp"

namespace fifteen::http {

// The table of all addresses (routes.cpp).
std::span<const Route> all_routes();

// The help desk as a Service: finds the route, sees who asks and whether they may, runs the handler, remembers what a
// POST with an Idempotency-Key was answered, and turns every failure into one clear answer.
class Site final : public Service {
 public:
  Site(store::Database& database, BlockingPool& passwords, const Clock& clock, const Setup& setup,
       std::span<const Route> routes = all_routes());
  ~Site() override;

  std::size_t body_limit(const Request& head) override;
  asio::awaitable<Reply> answer(Request& request) override;

  // For handlers of several steps.
  store::Database& database() { return database_; }
  BlockingPool& passwords() { return passwords_; }
  const Clock& clock() const { return clock_; }
  const Setup& setup() const { return setup_; }
  const Router& router() const { return router_; }

 private:
  asio::awaitable<Reply> run(const Route& route, Request& request);
  asio::awaitable<Reply> run_read(const Route& route, Job job, const Request& request);
  asio::awaitable<Reply> run_write(const Route& route, Job job, const Request& request);
  asio::awaitable<Reply> run_steps(const Route& route, const Steps& steps, const Request& request);
  asio::awaitable<void> note_use(const Caller& caller, Instant now);
  static Reply failure(const std::exception_ptr& why, const Route& route, const Request& request);

  store::Database& database_;
  BlockingPool& passwords_;
  const Clock& clock_;
  const Setup& setup_;
  Router router_;
  std::string id_prefix_;
  std::uint64_t next_id_ = 0;
  class Meter;
  std::unique_ptr<Meter> meter_;
};

}  // namespace fifteen::http
