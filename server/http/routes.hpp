#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "server/http/route.hpp"

// Every handler, by the file that holds it.
namespace fifteen::http::routes {

template <class T>
using awaitable = boost::asio::awaitable<T, boost::asio::any_io_executor>;

// routes_session.cpp: who am I, signing in and out, passwords
Reply read_session(store::Session& sql, const Call& call);
awaitable<Reply> sign_in(Site& site, Call call);
Reply sign_out(store::Session& sql, const Call& call);
awaitable<Reply> change_password(Site& site, Call call);
Reply ask_for_reset(store::Session& sql, const Call& call);
Reply read_one_time_link(store::Session& sql, const Call& call);
awaitable<Reply> use_one_time_link(Site& site, Call call);

// routes_system.cpp: is it alive, what are its figures, its description, its files
Reply health(const Call& call);
Reply readiness(store::Session& sql, const Call& call);
Reply metrics(store::Session& sql, const Call& call);
Reply openapi(const Call& call);
Reply asset(const Call& call);

// routes_live.cpp
awaitable<Reply> live(Site& site, Call call);

}  // namespace fifteen::http::routes
