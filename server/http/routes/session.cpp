#include "server/base/log.hpp"
#include "server/base/password.hpp"
#include "server/base/random.hpp"
#include "server/desk/mail/account_mail.hpp"
#include "server/http/auth.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/limits.hpp"
#include "server/http/proxy.hpp"
#include "server/http/routes.hpp"
#include "server/http/site.hpp"
#include "server/store/credentials.hpp"
#include "server/store/rate_limits.hpp"
#include "server/store/sessions.hpp"

namespace fifteen::http::routes {
namespace {

constexpr store::RateLimit sign_in_limit{.tries = 10, .window = std::chrono::minutes(15)};

constexpr store::RateLimit reset_limit{.tries = 5, .window = std::chrono::minutes(60)};

std::string account_name(const std::string& email) {
  return "signin:" + sha256_hex(email).substr(0, 32);
}

// Counts a try against the account and the address before the password is looked at.
bool may_sign_in_now(store::Session& sql, const Call& call, const std::string& email) {
  const bool account = store::count_try(sql, account_name(email), sign_in_limit, call.now);
  const bool address = may_try(sql, call, "signin:", sign_in_limit);
  return account && address;
}

Reply start_session(store::Session& sql, const Call& call, AgentId agent, const std::string& email) {
  store::forgive_all(sql, account_name(email));
  forgive_try(sql, call, "signin:", sign_in_limit);
  if (call.caller.is_person()) store::end_session(sql, call.caller.session);
  const std::string token = random_token();
  store::add_session(sql, token, agent, random_token(), call.now);
  const auto session = store::find_session(sql, token, call.now);
  if (!session) return problem(errc::unauthorized, "The e-mail address or the password is wrong.");
  Call mine = call;
  mine.caller = {.kind = Caller::Kind::session,
                 .agent = agent,
                 .role = session->role,
                 .name = session->name,
                 .email = session->email,
                 .session = session->token_hash,
                 .csrf = session->csrf};
  return ok(session_json(mine)).with("Set-Cookie", session_cookie(call.request, token));
}

}  // namespace

Reply read_session(store::Session&, const Call& call) {
  return ok(session_json(call));
}

awaitable<Reply> sign_in(Site& site, Call call) {
  Fields fields = Fields::of(call.request);
  const std::string email = fields.need_email("email");
  const std::string password = fields.need_text("password", 1024);
  if (!fields.are_fine()) co_return fields.problem();
  if (!may_sign_in(call.request))
    co_return problem(errc::forbidden, "Signing in needs https, so that nobody on the way can read the password.");

  struct Try {
    bool is_allowed = false;
    store::PasswordOf password;
  };
  const auto count = [&](store::Session& sql) {
    return Try{may_sign_in_now(sql, call, email), store::find_password(sql, email).value_or(store::PasswordOf{})};
  };
  const Try attempt = co_await site.database().write(count);
  if (!attempt.is_allowed) co_return retry_after(problem(errc::too_many, "Please wait a quarter of an hour."), 900);

  const auto compare = [&] { return password_fits(attempt.password.hash, password); };
  if (!co_await site.passwords().run(compare))
    co_return problem(errc::unauthorized, "The e-mail address or the password is wrong.");
  const auto start = [&](store::Session& sql) { return start_session(sql, call, attempt.password.agent, email); };
  co_return co_await site.database().write(start);
}

Reply sign_out(store::Session& sql, const Call& call) {
  store::end_session(sql, call.caller.session);
  return no_content().with("Set-Cookie", ended_cookie(call.request));
}

awaitable<Reply> change_password(Site& site, Call call) {
  Fields fields = Fields::of(call.request);
  const std::string current = fields.text("current", 1024).value_or("");
  const std::string wanted = fields.text("new", 1024).value_or("");
  if (fields.are_fine() && !is_password_allowed(wanted))
    fields.complain("new", "A password has at least 10 characters.");
  if (!fields.are_fine()) co_return fields.problem();

  const auto count = [&](store::Session& sql) {
    const bool is_allowed = store::count_try(sql, account_name(call.caller.email), sign_in_limit, call.now);
    return is_allowed ? store::find_password(sql, call.caller.agent) : std::nullopt;
  };
  const auto password = co_await site.database().write(count);
  if (!password) co_return retry_after(problem(errc::too_many, "Please wait a quarter of an hour."), 900);
  const auto compare_and_hash = [&] {
    return password_fits(password->hash, current) ? hash_password(wanted) : std::string();
  };
  const std::string hash = co_await site.passwords().run(compare_and_hash);
  if (hash.empty()) co_return problem(errc::invalid, {}, {{"current", "This is not your password."}});

  // Whoever else is signed in with the old password is not any more.
  const auto change = [&](store::Session& sql) {
    store::set_password(sql, call.caller.agent, hash);
    store::end_sessions(sql, call.caller.agent, call.caller.session);
    store::forgive_all(sql, account_name(call.caller.email));
  };
  co_await site.database().write(change);
  co_return no_content();
}

// The answer is the same whether there is such an account or not.
Reply ask_for_reset(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string email = fields.need_email("email");
  if (!fields.are_fine()) return fields.problem();
  const bool account = store::count_try(sql, "reset:" + sha256_hex(email).substr(0, 32), reset_limit, call.now);
  const bool address = may_try(sql, call, "reset:", reset_limit);
  const auto password = store::find_password(sql, email);
  if (!account || !address || !password) return accepted();
  if (!may_mail_links(call.setup, call.request)) {
    log::warning("reset_needs_public_url", {{"request", call.request.id}});
    return accepted();
  }
  const std::string token = random_token();
  store::add_link(sql, token, password->agent, store::LinkKind::reset, call.now);
  const auto link = store::find_link(sql, token, call.now);
  if (!link) return accepted();
  desk::mail_link(sql,
                  {.link = *link,
                   .url = base_url(call.setup, call.request) + "/reset/" + token,
                   .from = desk::desk_sender(sql).value_or(mail::Address{"Fifteen", link->email}),
                   .language = std::string(language_of(call)),
                   .by = {}},
                  call.now);
  return accepted();
}

Reply read_one_time_link(store::Session& sql, const Call& call) {
  const auto link = store::find_link(sql, call.parameter(), call.now);
  if (!link) return problem(link.error(), "This link was used, or is too old. Ask for a new one.");
  return ok({{"email", link->email}, {"name", link->name}, {"kind", store::name(link->kind)}});
}

awaitable<Reply> use_one_time_link(Site& site, Call call) {
  Fields fields = Fields::of(call.request);
  const std::string wanted = fields.text("password", 1024).value_or("");
  if (fields.are_fine() && !is_password_allowed(wanted))
    fields.complain("password", "A password has at least 10 characters.");
  if (!fields.are_fine()) co_return fields.problem();

  // The link is looked at first: hashing costs 64 MiB and is not to be had by strangers.
  const auto look = [&](store::Session& sql) { return store::find_link(sql, call.parameter(), call.now); };
  const auto link = co_await site.database().read(look);
  if (!link) co_return problem(link.error(), "This link was used, or is too old. Ask for a new one.");
  const auto make_hash = [&] { return hash_password(wanted); };
  const std::string hash = co_await site.passwords().run(make_hash);
  const auto use = [&](store::Session& sql) -> result<void> {
    const auto used = store::use_link(sql, call.parameter(), call.now);
    if (!used) return used.error();
    store::set_password(sql, used->agent, hash);
    store::end_sessions(sql, used->agent);
    return {};
  };
  if (const auto used = co_await site.database().write(use); !used) co_return problem(used.error());
  co_return no_content();
}

}  // namespace fifteen::http::routes
