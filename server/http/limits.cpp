#include "server/http/limits.hpp"

#include <algorithm>
#include <ranges>

namespace fifteen::http {
namespace {

store::RateLimit wider(store::RateLimit limit, const Place& place) {
  limit.tries *= place.times;
  return limit;
}

std::string counted_as(std::string_view what, const Place& place) {
  return std::string(what) + place.name;
}

}  // namespace

bool admits(Brake& brake, const Call& call) {
  return brake.admits(places_of(call.request.client), call.now);
}

// The widest first, so that a refusal leaves no rows of the narrower ones behind.
bool may_try(store::Session& sql, const Call& call, std::string_view what, const store::RateLimit& limit) {
  const std::vector<Place> places = places_of(call.request.client);
  for (std::size_t i = places.size(); i-- > 0;) {
    if (store::count_try(sql, counted_as(what, places[i]), wider(limit, places[i]), call.now)) continue;
    for (std::size_t counted = std::max<std::size_t>(i, 1); counted < places.size(); ++counted)
      store::forgive_try(sql, counted_as(what, places[counted]), wider(limit, places[counted]), call.now);
    return false;
  }
  return true;
}

void forgive_try(store::Session& sql, const Call& call, std::string_view what, const store::RateLimit& limit) {
  for (const Place& place : places_of(call.request.client) | std::views::reverse)
    store::forgive_try(sql, counted_as(what, place), wider(limit, place), call.now);
}

}  // namespace fifteen::http
