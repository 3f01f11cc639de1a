#pragma once
#include <optional>
#include <string_view>

// The help desk's fixed words. Each is stored and sent as the very word of docs/integrators: parse(name(x)) == x.
namespace fifteen {

enum class TicketState { open, closed };
enum class Channel { email, form, widget, api, phone };
enum class Role { agent, manager, admin };

// What a message is. Only a customer's `message` starts a wait, only an agent's `reply` answers one (docs/clock).
enum class MessageKind {
  message,    // a person wrote to us
  automatic,  // "auto": auto-submitted, out of office (RFC 3834), list bulk
  bounce,     // a delivery report (RFC 3464)
  spam,
  rating,  // a rating's or a survey's words
  reply,   // an agent's public answer
  note,    // internal
  ack,     // our own automatic acknowledgement
};

// What a customer makes of an answer, the warmest first.
enum class Score { kudos, good, bad };

// Where an idea stands.
enum class IdeaState { open, planned, building, done, not_now };

// What teaches suggestions: an agent's link in a reply, the customer's "this solved it", Yes, No.
enum class LessonSource { reply, solved, helpful, not_helpful };

// Who did a thing.
enum class ActorKind { customer, agent, system, third_party };

std::string_view name(TicketState state);
std::string_view name(Channel channel);
std::string_view name(Role role);
std::string_view name(MessageKind kind);
std::string_view name(Score score);
std::string_view name(IdeaState state);
std::string_view name(LessonSource source);
std::string_view name(ActorKind kind);

template <class Word>
std::optional<Word> parse(std::string_view text);
template <>
std::optional<TicketState> parse<TicketState>(std::string_view text);
template <>
std::optional<Channel> parse<Channel>(std::string_view text);
template <>
std::optional<Role> parse<Role>(std::string_view text);
template <>
std::optional<MessageKind> parse<MessageKind>(std::string_view text);
template <>
std::optional<Score> parse<Score>(std::string_view text);
template <>
std::optional<IdeaState> parse<IdeaState>(std::string_view text);
template <>
std::optional<LessonSource> parse<LessonSource>(std::string_view text);
template <>
std::optional<ActorKind> parse<ActorKind>(std::string_view text);

}  // namespace fifteen
