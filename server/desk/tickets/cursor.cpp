#include <charconv>
#include <utility>

#include "server/desk/ideas/idea_board.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/reports/response_times.hpp"
#include "server/desk/tickets/overview.hpp"

namespace fifteen::desk {
namespace {

// "urgency.id" and "at.id": opaque to clients, checked when they come back.
std::string join(std::int64_t first, std::int64_t second) {
  return std::to_string(first) + "." + std::to_string(second);
}

std::optional<std::pair<std::int64_t, std::int64_t>> split(std::string_view cursor) {
  std::pair<std::int64_t, std::int64_t> parts;
  const char* const end = cursor.data() + cursor.size();
  const auto first = std::from_chars(cursor.data(), end, parts.first);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return {};
  const auto second = std::from_chars(first.ptr + 1, end, parts.second);
  if (second.ec != std::errc{} || second.ptr != end) return {};
  return parts;
}

}  // namespace

std::string to_cursor(const store::TicketPlace& place) {
  return join(place.urgency, place.id.value);
}
std::string to_cursor(const store::MessagePlace& place) {
  return join(to_us(place.at), place.id.value);
}
std::string to_cursor(const store::RatingPlace& place) {
  return join(to_us(place.at), place.id);
}

std::string to_cursor(const store::IdeaPlace& place) {
  return join(place.rank, place.id.value);
}
std::string to_cursor(const WaitPlace& place) {
  return join(to_us(place.started_at), place.started_by.value);
}

std::optional<store::TicketPlace> parse_ticket_cursor(std::string_view cursor) {
  const auto parts = split(cursor);
  if (!parts) return {};
  return store::TicketPlace{parts->first, TicketId(parts->second)};
}

std::optional<store::MessagePlace> parse_message_cursor(std::string_view cursor) {
  const auto parts = split(cursor);
  if (!parts) return {};
  return store::MessagePlace{from_us(parts->first), MessageId(parts->second)};
}

std::optional<WaitPlace> parse_wait_cursor(std::string_view cursor) {
  const auto parts = split(cursor);
  if (!parts) return {};
  return WaitPlace{from_us(parts->first), MessageId(parts->second)};
}

std::optional<store::IdeaPlace> parse_idea_cursor(std::string_view cursor) {
  const auto parts = split(cursor);
  if (!parts) return {};
  return store::IdeaPlace{parts->first, IdeaId(parts->second)};
}

std::optional<store::RatingPlace> parse_rating_cursor(std::string_view cursor) {
  const auto parts = split(cursor);
  if (!parts) return {};
  return store::RatingPlace{from_us(parts->first), parts->second};
}

}  // namespace fifteen::desk
