#include "server/intake/deliver.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/mime_read.hpp"
#include "mail/smtp_path.hpp"
#include "server/intake/known_mailboxes.hpp"

namespace fifteen::intake {
namespace {

using Kind = DeliverRefusal::Kind;
constexpr std::size_t largest_mail = 50u << 20;

// A mail that has whole CR LF line ends is left as it is: its bytes may be signed.
std::string with_crlf(std::string bytes) {
  if (bytes.contains("\r\n")) return bytes;
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 32);
  for (const char c : bytes) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

// What the mail itself says of its way here.
struct Named {
  std::string sender;                   // Return-Path, or else From
  std::vector<std::string> recipients;  // the delivering server's word first
};

// The first header of that name, as the delivering server writes it: one line, in front of the mail.
std::optional<std::string> header(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const auto line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(line.size() + 2, headers.size()));
    if (mail::starts_with_word(line, name)) return std::string(mail::trim(line.substr(name.size())));
  }
  return std::nullopt;
}

Named named_in(const std::string& bytes) {
  const auto end = bytes.find("\r\n\r\n");
  const auto headers = std::string_view(bytes).substr(0, end == std::string::npos ? end : end + 2);
  const auto message = mail::read_message(headers);
  Named named;
  if (const auto path = mail::parse_path(header(headers, "Return-Path:").value_or("")))
    named.sender = path->address;
  else if (message.from)
    named.sender = message.from->address;
  for (const std::string_view name : {"Delivered-To:", "X-Original-To:"})
    if (auto value = header(headers, name)) named.recipients.push_back(std::move(*value));
  for (const auto* list : {&message.to, &message.cc})
    for (const auto& address : *list) named.recipients.push_back(address.address);
  return named;
}

std::optional<std::string> recipient_of(const KnownMailboxes& known, const Named& named) {
  for (const auto& address : named.recipients)
    if (known.judge(address) == mail::RecipientVerdict::accepted) return address;
  if (known.all().size() == 1) return known.all().front();
  return std::nullopt;
}

}  // namespace

std::expected<std::int64_t, DeliverRefusal> deliver(store::Spool& spool, std::string bytes,
                                                    std::optional<std::string> mailbox, Instant now) {
  const auto refuse = [](Kind kind, std::string text) {
    return std::unexpected(DeliverRefusal{kind, std::move(text)});
  };
  if (bytes.size() > largest_mail) return refuse(Kind::data_error, "the message is larger than 50 MiB");
  if (bytes.empty()) return refuse(Kind::data_error, "there is no message on standard input");
  bytes = with_crlf(std::move(bytes));
  const KnownMailboxes known(spool);
  const auto named = named_in(bytes);
  const auto recipient = mailbox ? mailbox : recipient_of(known, named);
  if (!recipient)
    return refuse(Kind::no_user, "the message names no mailbox of this desk; say which with --mailbox ADDRESS");
  switch (known.judge(*recipient)) {
    case mail::RecipientVerdict::unknown:
      return refuse(Kind::no_user, "no such mailbox here: " + *recipient);
    case mail::RecipientVerdict::try_later:
      return refuse(Kind::try_later, "no mailboxes are known yet; run fifteen serve once");
    case mail::RecipientVerdict::accepted:
      break;
  }
  try {
    return spool.append_now("deliver", now,
                            {{named.sender, {known.resolved(*recipient)}, "", "", false}, std::move(bytes)});
  } catch (const std::exception& error) {
    return refuse(Kind::try_later, error.what());
  }
}

}  // namespace fifteen::intake
