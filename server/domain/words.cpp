#include "server/domain/words.hpp"

#include <array>
#include <cstddef>

namespace fifteen {
namespace {

// Each table is in its enum's order.
constexpr std::array<std::string_view, 2> states = {"open", "closed"};
constexpr std::array<std::string_view, 5> channels = {"email", "form", "widget", "api", "phone"};
constexpr std::array<std::string_view, 3> roles = {"agent", "manager", "admin"};
constexpr std::array<std::string_view, 8> kinds = {"message", "auto",  "bounce", "spam",
                                                   "rating",  "reply", "note",   "ack"};
constexpr std::array<std::string_view, 3> scores = {"kudos", "good", "bad"};
constexpr std::array<std::string_view, 5> idea_states = {"open", "planned", "building", "done", "not_now"};
constexpr std::array<std::string_view, 4> lessons = {"reply", "solved", "helpful", "not_helpful"};
constexpr std::array<std::string_view, 4> actors = {"customer", "agent", "system", "third_party"};

template <class Word, std::size_t N>
std::optional<Word> find(const std::array<std::string_view, N>& table, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (table[i] == text) return static_cast<Word>(i);
  return {};
}

template <class Word, std::size_t N>
std::string_view word(const std::array<std::string_view, N>& table, Word value) {
  return table[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name(TicketState state) {
  return word(states, state);
}
std::string_view name(Channel channel) {
  return word(channels, channel);
}
std::string_view name(Role role) {
  return word(roles, role);
}
std::string_view name(MessageKind kind) {
  return word(kinds, kind);
}
std::string_view name(Score score) {
  return word(scores, score);
}
std::string_view name(IdeaState state) {
  return word(idea_states, state);
}
std::string_view name(LessonSource source) {
  return word(lessons, source);
}
std::string_view name(ActorKind kind) {
  return word(actors, kind);
}

template <>
std::optional<TicketState> parse<TicketState>(std::string_view text) {
  return find<TicketState>(states, text);
}
template <>
std::optional<Channel> parse<Channel>(std::string_view text) {
  return find<Channel>(channels, text);
}
template <>
std::optional<Role> parse<Role>(std::string_view text) {
  return find<Role>(roles, text);
}
template <>
std::optional<MessageKind> parse<MessageKind>(std::string_view text) {
  return find<MessageKind>(kinds, text);
}
template <>
std::optional<Score> parse<Score>(std::string_view text) {
  return find<Score>(scores, text);
}
template <>
std::optional<IdeaState> parse<IdeaState>(std::string_view text) {
  return find<IdeaState>(idea_states, text);
}
template <>
std::optional<LessonSource> parse<LessonSource>(std::string_view text) {
  return find<LessonSource>(lessons, text);
}
template <>
std::optional<ActorKind> parse<ActorKind>(std::string_view text) {
  return find<ActorKind>(actors, text);
}

}  // namespace fifteen
