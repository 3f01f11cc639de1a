#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace fifteen {

// A database key that can't be mistaken for another table's. 0 is "none".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t v) : value(v) {}
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using AgentId = Id<struct AgentTag>;
using ArticleId = Id<struct ArticleTag>;
using AttachmentId = Id<struct AttachmentTag>;
using BrandId = Id<struct BrandTag>;
using CustomerId = Id<struct CustomerTag>;
using EventId = Id<struct EventTag>;
using IdeaChangeId = Id<struct IdeaChangeTag>;
using IdeaId = Id<struct IdeaTag>;
using LessonId = Id<struct LessonTag>;
using MailboxId = Id<struct MailboxTag>;
using MessageId = Id<struct MessageTag>;  // a row; the RFC 5322 header is `rfc_message_id` everywhere
using ScheduleId = Id<struct ScheduleTag>;
using TicketId = Id<struct TicketTag>;
using VoterId = Id<struct VoterTag>;  // a person who votes for ideas, by her address
using WaitId = Id<struct WaitTag>;

}  // namespace fifteen

template <class Tag>
struct std::hash<fifteen::Id<Tag>> {
  std::size_t operator()(fifteen::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
