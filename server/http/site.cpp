#include "server/http/site.hpp"

#include "server/base/log.hpp"
#include "server/base/random.hpp"
#include "server/http/auth.hpp"
#include "server/http/meter.hpp"
#include "server/http/once.hpp"
#include "server/store/sessions.hpp"

namespace fifteen::http {
namespace {

bool is_read(Method method) {
  return method == Method::get || method == Method::head;
}

// Who asks, once it is sure that they may.
result<Caller> enter(store::Session& sql, const Route& route, const Request& request, Instant now) {
  Caller caller = authenticate(sql, request, now);
  if (const auto may = may_use(route.access, is_read(route.method), caller); !may) return may.error();
  if (!is_read(route.method) && route.access != Access::anyone && !is_meant(caller, request)) return errc::forbidden;
  return caller;
}

// A one-time link's token is as good as a password until it is used.
std::string_view loggable_path(const Route& route, const Request& request) {
  const bool names_somebody = route.pattern.contains("{token}") || route.pattern.contains("{customer}");
  return names_somebody ? route.pattern : request.path();
}

// Carries an error's answer out of a write job, whose transaction is then rolled back.
struct RolledBack {
  Reply reply;
};

// What is read of a form sent to a wrong address, so that it hears of the address, not of its size.
constexpr std::size_t stray_body_limit = 16 * KiB;

}  // namespace

Site::Site(store::Database& database, BlockingPool& passwords, const Clock& clock, const Setup& setup,
           std::span<const Route> routes)
    : database_(database),
      passwords_(passwords),
      clock_(clock),
      setup_(setup),
      router_(routes),
      id_prefix_(random_token().substr(0, 8)),
      meter_(setup.metrics ? std::make_unique<Meter>(*setup.metrics, routes) : nullptr) {}

Site::~Site() = default;

std::size_t Site::body_limit(const Request& head) {
  const auto found = router_.find(head.method, head.path());
  return found.route ? found.route->body_limit : stray_body_limit;
}

asio::awaitable<Reply> Site::answer(Request& request) {
  request.id = id_prefix_ + std::to_string(++next_id_);
  setup_.proxies.apply(request);
  auto found = router_.find(request.method, request.path());
  if (!found.route) co_return found.allowed.empty() ? problem(errc::not_found) : wrong_method(found.allowed);
  request.parameters = std::move(found.parameters);
  const auto begin = std::chrono::steady_clock::now();
  Reply reply;
  std::exception_ptr why;
  try {
    reply = co_await run(*found.route, request);
  } catch (...) {
    why = std::current_exception();
  }
  if (why) reply = failure(why, *found.route, request);
  if (found.route->any_page) reply.headers.emplace_back("Access-Control-Allow-Origin", "*");
  if (meter_) meter_->count(router_.index_of(*found.route), reply, std::chrono::steady_clock::now() - begin);
  if (!is_read(request.method))
    log::info("http_change", {{"request", request.id},
                              {"method", name(request.method)},
                              {"path", loggable_path(*found.route, request)},
                              {"status", static_cast<int>(reply.status)},
                              {"remote", request.client}});
  co_return reply;
}

asio::awaitable<Reply> Site::run(const Route& route, Request& request) {
  if (const auto* direct = std::get_if<Direct>(&route.handler))
    co_return direct->answer(Call{request, {}, clock_.now(), setup_});
  if (const auto* read = std::get_if<Read>(&route.handler)) co_return co_await run_read(route, read->job, request);
  if (const auto* write = std::get_if<Write>(&route.handler)) co_return co_await run_write(route, write->job, request);
  co_return co_await run_steps(route, std::get<Steps>(route.handler), request);
}

asio::awaitable<Reply> Site::run_read(const Route& route, Job job, const Request& request) {
  Call call{request, {}, clock_.now(), setup_};
  Reply reply = co_await database_.read([&](store::Session& sql) {
    auto caller = enter(sql, route, request, call.now);
    if (!caller) return problem(caller.error());
    call.caller = std::move(*caller);
    if (route.access == Access::anyone) setup_.brands.refresh(sql, call.now);
    return job(sql, call);
  });
  co_await note_use(call.caller, call.now);
  co_return reply;
}

asio::awaitable<Reply> Site::run_write(const Route& route, Job job, const Request& request) {
  Call call{request, {}, clock_.now(), setup_};
  const auto work = [&](store::Session& sql) {
    auto caller = enter(sql, route, request, call.now);
    if (!caller) throw RolledBack{problem(caller.error())};
    call.caller = std::move(*caller);
    if (route.access == Access::anyone) setup_.brands.refresh(sql, call.now);
    Reply reply = once(sql, call, job);
    if (reply.is_error()) throw RolledBack{std::move(reply)};
    return reply;
  };
  for (bool is_again = false;; is_again = true) {
    try {
      co_return co_await database_.write(work);
    } catch (RolledBack& rolled_back) {
      co_return std::move(rolled_back.reply);
    } catch (const store::DatabaseError& error) {
      // The same request, sent twice at the same moment: the other one was first, and its answer is there now.
      if (error.kind() != store::DatabaseError::Kind::duplicate || !has_key(request) || is_again) throw;
    }
  }
}

asio::awaitable<Reply> Site::run_steps(const Route& route, const Steps& steps, const Request& request) {
  const Instant now = clock_.now();
  // Who names nobody needs no database: figures are told most of all while it is away.
  if (route.access == Access::anyone && !names_caller(request))
    co_return co_await steps.answer(*this, Call{request, {}, now, setup_});
  const auto work = [&](store::Session& sql) { return enter(sql, route, request, now); };
  auto caller = co_await database_.read(work);
  if (!caller) co_return problem(caller.error());
  co_return co_await steps.answer(*this, Call{request, std::move(*caller), now, setup_});
}

// Each write of a read page would be one too many: once an hour is exact enough for an idle limit of days.
asio::awaitable<void> Site::note_use(const Caller& caller, Instant now) {
  if (!caller.is_person() || now - caller.seen_at < std::chrono::hours(1)) co_return;
  const auto note = [&](store::Session& sql) { store::touch_session(sql, caller.session, now); };
  co_await database_.write(note);
}

Reply Site::failure(const std::exception_ptr& why, const Route& route, const Request& request) {
  const auto log_it = [&](const char* what) {
    log::error("http_request_failed", {{"request", request.id},
                                       {"method", name(request.method)},
                                       {"path", loggable_path(route, request)},
                                       {"error", what}});
  };
  try {
    std::rethrow_exception(why);
  } catch (const boost::system::system_error& error) {
    if (error.code() == errc::busy) return problem(errc::busy);
    log_it(error.what());
  } catch (const store::DatabaseError& error) {
    log_it(error.what());
    if (error.is_outage()) return problem(errc::busy);
  } catch (const std::exception& error) {
    log_it(error.what());
  }
  return failed();
}

}  // namespace fifteen::http
