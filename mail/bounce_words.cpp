#include "mail/bounce_words.hpp"

#include <span>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

constexpr std::string_view bounce_subjects[] = {"failure notice",
                                                "delivery failure",
                                                "undeliver",
                                                "mail delivery failed",
                                                "delivery status notification",
                                                "returned mail",
                                                "mail system error",
                                                "delivery notification",
                                                "delivery report",
                                                "non-delivery",
                                                "non delivery",
                                                "mail failure",
                                                "failure delivery",
                                                "failed mail",
                                                "mail failed",
                                                "message delayed",
                                                "delayed mail",
                                                "delivery failed",
                                                "delivery problem",
                                                "mail could not be delivered",
                                                "returned to sender",
                                                "returning to sender",
                                                "could not be delivered",
                                                "delivery error",
                                                "mail not delivered",
                                                "message not delivered",
                                                "not delivered",
                                                "delivery has failed",
                                                "delivery unsuccessful",
                                                "unzustellbar",
                                                "nicht zugestellt",
                                                "zustellung fehlgeschlagen",
                                                "non remis",
                                                "non distribu",
                                                "mancato recapito",
                                                "impossibile recapitare",
                                                "no se puede entregar",
                                                "não entregue",
                                                "niet bezorgd",
                                                "onbestelbaar",
                                                "nie dostarczon",
                                                "не доставлено",
                                                "недоставленное",
                                                "送信エラー",
                                                "配信不能",
                                                "邮件传输失败",
                                                "退信",
                                                "投递失败",
                                                "processing error",
                                                "error mail",
                                                "mail error",
                                                "bounced mail",
                                                "message status - undeliverable",
                                                "nondeliverable mail",
                                                "permanent delivery failure",
                                                "warning: could not send message",
                                                "warning: message",
                                                "message could not be delivered",
                                                "message delivery",
                                                "delivery delay",
                                                "mail delivery warning",
                                                "automatically rejected mail",
                                                "メールエラー",
                                                "エラー通知"};

constexpr std::string_view delays[] = {"(delay)",
                                       "has been postponed",
                                       "delivery delayed",
                                       "message delayed",
                                       "delayed mail",
                                       "delivery is delayed",
                                       "has been delayed",
                                       "not yet been delivered",
                                       "has not been delivered yet",
                                       "will be retried",
                                       "will keep trying",
                                       "will continue to try",
                                       "no action is required on your part",
                                       "you do not need to resend",
                                       "warning: could not send message",
                                       "this is a warning message only",
                                       "delivery attempts will continue",
                                       "delivery will be attempted",
                                       "delayed 24 hours",
                                       "still being attempted",
                                       "will continue to be attempted",
                                       "gmail will retry",
                                       "is still trying to deliver"};

constexpr std::string_view sentences[] = {"could not be delivered",
                                          "could not deliver",
                                          "couldn't be delivered",
                                          "wasn't able to deliver",
                                          "was unable to deliver",
                                          "unable to deliver",
                                          "was not delivered",
                                          "were not delivered",
                                          "not been delivered",
                                          "undeliverable",
                                          "did not reach",
                                          "delivery to the following",
                                          "delivery failed",
                                          "delivery failure",
                                          "fatal errors",
                                          "fatal delivery errors",
                                          "addresses failed",
                                          "address failed",
                                          "address(es) failed",
                                          "following addresses had",
                                          "user unknown",
                                          "unknown user",
                                          "did not receive",
                                          "cannot be delivered",
                                          "can not be delivered",
                                          "has been returned",
                                          "non-delivery report",
                                          "message returned to sender",
                                          "returned mail",
                                          "invalid final delivery",
                                          "delivery status notification",
                                          "unknown recipient",
                                          "nameserver error report",
                                          "recipient unknown",
                                          "can't be delivered",
                                          "no such user",
                                          "mailbox is full",
                                          "quota violation",
                                          "delivery report",
                                          "failed recipient",
                                          "nicht zugestellt werden",
                                          "konnte nicht zugestellt",
                                          "konnte nicht übermittelt",
                                          "has been postponed",
                                          "was automatically rejected",
                                          "以下のメールアドレスへの送信に失敗",
                                          "n'a pas pu être",
                                          "no pudo ser entregado",
                                          "не может быть доставлено",
                                          "не было доставлено",
                                          "无法发送",
                                          "non è stato possibile",
                                          "niet worden bezorgd",
                                          "was not able to be delivered",
                                          "returned message",
                                          "following recipients",
                                          "recipient's mailbox",
                                          "following recipient(s)",
                                          "not deliverable",
                                          "message was rejected",
                                          "could not send message",
                                          "delivery error"};

constexpr std::string_view no_such_address[] = {"user unknown",
                                                "unknown user",
                                                "no such user",
                                                "user not found",
                                                "unknown recipient",
                                                "recipient unknown",
                                                "does not exist",
                                                "doesn't exist",
                                                "no mailbox here",
                                                "no such mailbox",
                                                "mailbox not found",
                                                "mailbox unavailable or not",
                                                "unknown address",
                                                "address unknown",
                                                "addressee unknown",
                                                "unknown local",
                                                "no such recipient",
                                                "invalid recipient",
                                                "invalid mailbox",
                                                "unrouteable address",
                                                "unrouteable mail domain",
                                                "unknown mail domain",
                                                "host unknown",
                                                "host not found",
                                                "unknown host",
                                                "domain not found",
                                                "name or service not known",
                                                "no such domain",
                                                "recipient not found",
                                                "not listed in",
                                                "is not a known user",
                                                "isn't a known user",
                                                "no account by that name",
                                                "not our customer",
                                                "account that you tried to reach",
                                                "recipient address rejected: unknown",
                                                "bad destination mailbox",
                                                "bad destination system",
                                                "user doesn't have",
                                                "unknown or illegal alias",
                                                "no such person",
                                                "has moved",
                                                "no longer on server",
                                                "mailbox does not",
                                                "nullmx",
                                                "null mx",
                                                "does not accept mail",
                                                "no recipients",
                                                "is unknown",
                                                "no matches to nameserver",
                                                "not a valid mailbox",
                                                "user does not",
                                                "invalid user",
                                                "rejected: access denied",
                                                "domain is not reachable",
                                                "no such address",
                                                "unknown account",
                                                "account not found",
                                                "not exist",
                                                "recipient rejected"};

// The address may well be right: it is full, closed for a while, or the server does not like the sender.
constexpr std::string_view other_reasons[] = {
    "mailbox full",   "mailbox is full", "quota",       "disabled", "inactive",  "suspended",
    "blacklist",      "blocklist",       "block list",  "spamhaus", "blocked",   "spam",
    "sender address", "sender domain",   "end of data", "policy",   "too large", "relay"};

constexpr std::string_view daemons[] = {"mailer-daemon", "postmaster",    "mailerdaemon", "mdaemon",
                                        "mail-daemon",   "mailer_daemon", "maildaemon",   "mail-delivery",
                                        "bounce",        "bounces",       "mail-system"};

// A line with one of these opens the copy of the mail that came back.
constexpr std::string_view openers[] = {"below this line is a copy",
                                        "this is a copy of",
                                        "original message follows",
                                        "original message",
                                        "message text follows",
                                        "the header of the original",
                                        "header of the original message",
                                        "returned mail follows",
                                        "message header follows",
                                        "returned message follows",
                                        "mensaje original",
                                        "copy of the original message",
                                        "message headers follow",
                                        "undelivered message",
                                        "unsent message follows",
                                        "the original message was:",
                                        "message follows",
                                        "old message:",
                                        "original mail",
                                        "included is a copy",
                                        "first part of the message",
                                        "headers of the message",
                                        "your original message",
                                        "message contents",
                                        "returned message",
                                        "unsent message below",
                                        "received: from"};

}  // namespace

bool is_bounce_subject(std::string_view lowered) {
  return has_any(lowered, bounce_subjects);
}
bool is_delay_text(std::string_view lowered) {
  return has_any(lowered, delays);
}
bool has_bounce_sentence(std::string_view lowered) {
  return has_any(lowered, sentences);
}
bool says_no_such_address(std::string_view lowered) {
  return has_any(lowered, no_such_address) && !has_any(lowered, other_reasons);
}

bool says_other_reason(std::string_view lowered) {
  return has_any(lowered, other_reasons);
}

bool is_daemon(std::string_view lowered_local_part) {
  return std::ranges::find(daemons, lowered_local_part) != std::end(daemons);
}

std::string find_status(std::string_view s) {
  const auto digit = [&](std::size_t i) { return i < s.size() && is_digit(s[i]); };
  for (std::size_t i = 0; i + 4 < s.size(); ++i) {
    if ((s[i] != '4' && s[i] != '5') || s[i + 1] != '.' || !digit(i + 2) ||
        (i > 0 && (is_digit(s[i - 1]) || s[i - 1] == '.')))
      continue;
    auto at = i + 2;
    while (digit(at) && at < i + 5) ++at;
    if (at >= s.size() || s[at] != '.' || !digit(at + 1)) continue;
    auto end = at + 1;
    while (digit(end) && end < at + 4) ++end;
    if (end < s.size() && (s[end] == '.' || digit(end)) && digit(end + 1)) continue;  // an IP address
    return std::string(s.substr(i, end - i));
  }
  for (std::size_t i = 0; i + 2 < s.size(); ++i) {
    const bool code = (s[i] == '4' || s[i] == '5') && s[i + 1] >= '0' && s[i + 1] <= '7' && digit(i + 2);
    const bool alone = (i == 0 || s[i - 1] == ' ' || s[i - 1] == '\n' || s[i - 1] == ':' || s[i - 1] == '<') &&
                       (i + 3 == s.size() || s[i + 3] == ' ' || s[i + 3] == '-');
    if (code && alone) return std::string(1, s[i]) + ".0.0";
  }
  return {};
}

std::size_t original_begins(std::string_view text, std::string_view lowered) {
  std::size_t at = 0;
  for (const auto line : lines_of(text)) {
    at = static_cast<std::size_t>(line.data() - text.data());
    const auto low = lowered.substr(at, line.size());
    const auto bare = trim(low);
    // A divider or a heading, not a sentence about the original message.
    const bool divider = bare.starts_with("--") || bare.starts_with("|--") || bare.starts_with("==");
    const auto heads = [&](std::string_view opener) { return bare.starts_with(opener); };
    if (divider ? has_any(bare, openers) : bare.size() < 48 && std::ranges::any_of(openers, heads)) return at;
    if (low.starts_with("return-path:") || low.starts_with("received: ")) return at;
  }
  return std::string_view::npos;
}

}  // namespace fifteen::mail
