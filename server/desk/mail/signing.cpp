#include "server/desk/mail/signing.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "server/store/customers.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

constexpr std::string_view key_setting = "key.threading";

// Each purpose signs its own text, so that one proof can't stand in for another.
std::string message_token(const Key& key, TicketId ticket, MessageId message) {
  return keyed_token(key, fmt::format("message-id:{}:{}", ticket.value, message.value));
}
std::string reply_token(const Key& key, TicketId ticket, std::string_view mailbox) {
  return keyed_token(key, fmt::format("reply-to:{}:{}", ticket.value, mailbox));
}
std::string bounce_token(const Key& key, MessageId message, std::string_view mailbox) {
  return keyed_token(key, fmt::format("bounce:{}:{}", message.value, mailbox));
}
std::string rating_token(const Key& key, MessageId message, std::int64_t day) {
  return keyed_token(key,
                     day ? fmt::format("rating:{}:{}", message.value, day) : fmt::format("rating:{}", message.value));
}
std::int64_t day_of(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}
std::string link_token(const Key& key, TicketId ticket, std::int64_t day, std::string_view address) {
  return keyed_token(key, fmt::format("ticket-link:{}:{}:{}", ticket.value, day, store::address_key(address)));
}

std::string solved_token(const Key& key, const SuggestedTo& suggested) {
  return keyed_token(key, fmt::format("solved:{}:{}", suggested.ticket.value, suggested.article.value));
}

std::string voter_token(const Key& key, VoterId voter, std::int64_t day, std::string_view address) {
  return keyed_token(key, fmt::format("voter:{}:{}:{}", voter.value, day, address));
}
std::string idea_token(const Key& key, VoterId voter, IdeaId idea) {
  return keyed_token(key, fmt::format("idea-mail:{}:{}", voter.value, idea.value));
}

// "t7" with the letter 't': 7; 0 for anything else, leading zeros included.
std::int64_t number_behind(char letter, std::string_view text) {
  if (text.size() < 2 || text[0] != letter || text[1] == '0') return 0;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

// Cuts off what stands before the first `at`.
std::string_view take_until(std::string_view& text, char at) {
  const auto end = std::min(text.find(at), text.size());
  const auto head = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

std::string tagged(std::string_view mailbox, std::string_view tag) {
  const auto at = mailbox.rfind('@');
  return fmt::format("{}+{}@{}", mailbox.substr(0, at), tag, mailbox.substr(at + 1));
}

Key key_from_hex(std::string_view hex) {
  Key key{};
  for (std::size_t i = 0; i < key.size(); ++i) std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, key[i], 16);
  return key;
}

}  // namespace

std::optional<Key> known_signing_key(store::Session& sql) {
  const auto kept = store::setting(sql, key_setting);
  return kept ? std::optional(key_from_hex(*kept)) : std::nullopt;
}

Key signing_key(store::Session& sql) {
  if (const auto known = known_signing_key(sql)) return *known;
  // A SHA-256 of random bytes is as good as they are, and comes as hex digits.
  return key_from_hex(store::setting_or(sql, key_setting, sha256_hex(random_bytes(64))));
}

std::string sign_message_id(const Key& key, TicketId ticket, MessageId message, std::string_view domain) {
  return fmt::format("t{}.m{}.{}@{}", ticket.value, message.value, message_token(key, ticket, message), domain);
}

std::string sign_reply_address(const Key& key, TicketId ticket, std::string_view mailbox) {
  return tagged(mailbox, fmt::format("t{}.{}", ticket.value, reply_token(key, ticket, mailbox)));
}

std::string sign_bounce_address(const Key& key, MessageId message, std::string_view mailbox) {
  return tagged(mailbox, fmt::format("b{}.{}", message.value, bounce_token(key, message, mailbox)));
}

std::optional<SignedMessageId> verify_message_id(const Key& key, std::string_view rfc_message_id) {
  std::string_view rest = rfc_message_id.substr(0, std::min(rfc_message_id.find('@'), rfc_message_id.size()));
  const TicketId ticket(number_behind('t', take_until(rest, '.')));
  const MessageId message(number_behind('m', take_until(rest, '.')));
  if (!ticket || !message || !constant_time_equal(rest, message_token(key, ticket, message))) return {};
  return SignedMessageId{ticket, message};
}

TaggedAddress read_address(const Key& key, std::string_view address) {
  const std::string lowered = store::address_key(address);
  const std::string_view whole = lowered;
  const auto at = whole.rfind('@');
  if (at == std::string_view::npos) return {.mailbox = lowered, .tag = {}, .replies_to = {}, .reports_on = {}};
  const auto plus = whole.substr(0, at).find('+');
  if (plus == std::string_view::npos) return {.mailbox = lowered, .tag = {}, .replies_to = {}, .reports_on = {}};

  TaggedAddress read;
  read.mailbox = std::string(whole.substr(0, plus)) + std::string(whole.substr(at));
  read.tag = std::string(whole.substr(plus + 1, at - plus - 1));
  std::string_view token = read.tag;
  const std::string_view subject = take_until(token, '.');
  if (const TicketId ticket(number_behind('t', subject));
      ticket && constant_time_equal(token, reply_token(key, ticket, read.mailbox)))
    read.replies_to = ticket;
  if (const MessageId message(number_behind('b', subject));
      message && constant_time_equal(token, bounce_token(key, message, read.mailbox)))
    read.reports_on = message;
  return read;
}

std::string sign_rating(const Key& key, MessageId message, std::optional<Instant> given_at) {
  const std::int64_t day = given_at ? day_of(*given_at) : 0;
  const std::string token = rating_token(key, message, day);
  return day ? fmt::format("m{}.d{}.{}", message.value, day, token) : fmt::format("m{}.{}", message.value, token);
}

std::optional<RatingLink> verify_rating(const Key& key, std::string_view token) {
  RatingLink link{MessageId(number_behind('m', take_until(token, '.'))), {}};
  std::string_view rest = token;
  const std::int64_t day = number_behind('d', take_until(rest, '.'));
  if (!link.message || !constant_time_equal(day ? rest : token, rating_token(key, link.message, day))) return {};
  if (day) link.given_at = Instant(std::chrono::days(day));
  return link;
}

std::string sign_solved(const Key& key, const SuggestedTo& suggested) {
  return fmt::format("t{}.a{}.{}", suggested.ticket.value, suggested.article.value, solved_token(key, suggested));
}

std::optional<SuggestedTo> verify_solved(const Key& key, std::string_view token) {
  const TicketId ticket(number_behind('t', take_until(token, '.')));
  const ArticleId article(number_behind('a', take_until(token, '.')));
  if (!ticket || !article || !constant_time_equal(token, solved_token(key, {ticket, article}))) return {};
  return SuggestedTo{ticket, article};
}

std::string sign_ticket_link(const Key& key, TicketId ticket, std::string_view address, Instant now) {
  const std::int64_t day = day_of(now);
  return fmt::format("t{}.d{}.{}", ticket.value, day, link_token(key, ticket, day, address));
}

std::optional<TicketLink> read_ticket_link(std::string_view token) {
  TicketLink link;
  link.ticket = TicketId(number_behind('t', take_until(token, '.')));
  link.day = number_behind('d', take_until(token, '.'));
  link.proof = token;
  if (!link.ticket || link.day == 0) return {};
  return link;
}

bool was_given_to(const Key& key, const TicketLink& link, std::string_view address) {
  return constant_time_equal(link.proof, link_token(key, link.ticket, link.day, address));
}

std::string sign_voter_link(const Key& key, VoterId voter, std::string_view address, Instant now) {
  const std::int64_t day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  return fmt::format("v{}.d{}.{}", voter.value, day, voter_token(key, voter, day, address));
}

std::optional<VoterLink> read_voter_link(std::string_view token) {
  VoterLink link;
  link.voter = VoterId(number_behind('v', take_until(token, '.')));
  link.day = number_behind('d', take_until(token, '.'));
  link.proof = token;
  if (!link.voter || link.day == 0) return {};
  return link;
}

bool was_given_to(const Key& key, const VoterLink& link, std::string_view address) {
  return constant_time_equal(link.proof, voter_token(key, link.voter, link.day, address));
}

std::string sign_idea_mail(const Key& key, VoterId voter, IdeaId idea) {
  return fmt::format("v{}.i{}.{}", voter.value, idea.value, idea_token(key, voter, idea));
}

std::optional<IdeaMailLink> verify_idea_mail(const Key& key, std::string_view token) {
  const VoterId voter(number_behind('v', take_until(token, '.')));
  const IdeaId idea(number_behind('i', take_until(token, '.')));
  if (!voter || !idea || !constant_time_equal(token, idea_token(key, voter, idea))) return {};
  return IdeaMailLink{voter, idea};
}

std::string domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos || at + 1 == address.size() ? "localhost" : std::string(address.substr(at + 1));
}

}  // namespace fifteen::desk
