#include "mail/delivery_report.hpp"

#include <map>

#include "mail/ascii.hpp"
#include "mail/bounce_words.hpp"
#include "mail/header_text.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_recipients = 100;
constexpr std::size_t max_text = 256u << 10;  // of a report that is read; what matters stands in front

template <class Visit>
void each_part(const MimePart& part, Visit visit) {
  visit(part);
  for (const auto& child : part.children) each_part(child, visit);
}

// "rfc822; user@example.com" -> "user@example.com" (RFC 3464, 2.3.1).
std::string address_of(std::string_view field) {
  if (const auto semicolon = field.find(';'); semicolon != std::string_view::npos) field.remove_prefix(semicolon + 1);
  std::string address = clean_line(field);
  std::erase_if(address, [](char c) { return c == '<' || c == '>' || c == '"' || c == ' '; });
  return address.size() <= 320 ? address : std::string{};
}

struct Fields {
  std::map<std::string, std::string, std::less<>> values;
  std::string_view get(std::string_view name) const {
    const auto at = values.find(name);
    return at == values.end() ? std::string_view{} : std::string_view(at->second);
  }
};

// The groups of fields between empty lines: first those of the message, then one a recipient.
std::vector<Fields> field_groups(std::string_view bytes) {
  std::vector<Fields> groups(1);
  std::string* open = nullptr;
  for (const auto line : lines_of(bytes.substr(0, max_text))) {
    if (trim(line).empty()) {
      if (!groups.back().values.empty() && groups.size() <= max_recipients) groups.emplace_back();
      open = nullptr;
    } else if (is_blank(line.front())) {
      if (open) open->append(" ").append(trim(line));
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      auto& fields = groups.back();
      const auto [at, is_new] =
          fields.values.try_emplace(lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
      open = is_new ? &at->second : nullptr;
    }
  }
  return groups;
}

enum class Action { unsaid, failed, delayed, delivered };

Action action_of(std::string_view field) {
  const auto word = lower(trim(field));
  if (word.starts_with("fail")) return Action::failed;
  if (word.starts_with("delay")) return Action::delayed;
  if (word.starts_with("deliver") || word.starts_with("relay") || word.starts_with("expand")) return Action::delivered;
  return Action::unsaid;
}

// Status codes that mean the address itself: no such mailbox or system, moved, does not take mail (RFC 3463, 3.2).
bool names_bad_address(std::string_view status) {
  return status.starts_with("5.1.1") || status == "5.1.2" || status == "5.4.4" || status == "5.1.3" ||
         status == "5.1.6" || status == "5.1.10";
}

// What a report says on each recipient, whatever its form.
struct Reading {
  std::vector<DeliveryStatus> recipients;
  bool failed = false, delayed = false, delivered = false;

  void add(std::string recipient, const std::string& status, std::string_view words, Action action) {
    const auto same = [&](const DeliveryStatus& known) { return same_word(known.recipient, recipient); };
    failed |= action == Action::failed || action == Action::unsaid;
    delayed |= action == Action::delayed;
    delivered |= action == Action::delivered;
    if (recipients.size() >= max_recipients || std::ranges::any_of(recipients, same)) return;
    const bool late = action == Action::delayed;
    const auto lowered = lower(words);
    const bool other =
        status.starts_with("5.2.") || status.starts_with("5.7.") || status.starts_with('4') || status == "5.1.8";
    const bool bad = !late && !other &&
                     (says_no_such_address(lowered) || (names_bad_address(status) && !says_other_reason(lowered)));
    recipients.push_back({std::move(recipient), status, !late && !status.starts_with('4'), late, bad});
  }
};

// What the text says on one recipient: the last lines that name it, up to an empty one.
std::string_view words_on(std::string_view recipient, std::string_view text) {
  const auto at = recipient.empty() ? std::string_view::npos : text.rfind(recipient);
  if (at == std::string_view::npos) return text;
  const auto end = std::min(text.find("\n\n", at), text.find("\r\n\r\n", at));
  return text.substr(at, std::min<std::size_t>(end == std::string_view::npos ? end : end - at, 1000));
}

void read_status_part(std::string_view bytes, std::string_view text, Reading& reading) {
  for (const auto& group : field_groups(bytes)) {
    auto recipient = address_of(group.get("final-recipient"));
    const auto original = address_of(group.get("original-recipient"));
    // The address that was written to, before aliases and forwards made another of it.
    if (original.find('@') != std::string::npos) recipient = original;
    if (recipient.empty()) continue;
    auto diagnostic = group.get("diagnostic-code");
    if (diagnostic.empty() && text.find(recipient) != std::string_view::npos) diagnostic = words_on(recipient, text);
    auto status = find_status(group.get("status"));
    // The remote server's own code is closer to the matter than the reporting one's.
    if (const auto told = find_status(diagnostic); !told.empty() && (status.empty() || !told.ends_with(".0.0")))
      status = told;
    reading.add(std::move(recipient), status, diagnostic, action_of(group.get("action")));
  }
}

std::string original_message_id(const MimePart& root, std::string_view text) {
  std::string id;
  each_part(root, [&](const MimePart& part) {
    if (!id.empty() || (part.kind != MimePart::Kind::message && part.type != "text/rfc822-headers")) return;
    if (const auto ids = message_ids(Headers::read(part.bytes, 64u << 10, 1000).first("message-id"), 1); !ids.empty())
      id = ids[0];
  });
  if (!id.empty()) return id;
  for (const auto line : lines_of(text))
    if (starts_with_word(trim(line), "message-id:"))
      if (const auto ids = message_ids(line.substr(line.find(':') + 1), 1); !ids.empty()) return ids[0];
  return {};
}

std::vector<std::string> lowered_addresses(const std::vector<Address>& a, const std::vector<Address>& b) {
  std::vector<std::string> all;
  for (const auto* list : {&a, &b})
    for (const auto& one : *list) all.push_back(lower(one.address));
  return all;
}

// Text a server writes, up to the copy of the mail that came back.
std::string_view report_text(std::string_view text) {
  text = text.substr(0, max_text);
  return text.substr(0, original_begins(text, lower(text)));
}

bool comes_from_daemon(const std::vector<Address>& from, const Headers& headers) {
  if (from.empty()) return starts_with_word(headers.first("from"), "mailer-daemon");
  const auto address = lower(from.front().address), name = lower(from.front().name);
  return is_daemon(address.substr(0, address.find('@'))) || name.find("mail delivery") != std::string::npos ||
         name.find("mailer-daemon") != std::string::npos;
}

}  // namespace

std::optional<DeliveryReport> read_delivery_report(const Headers& headers, const MimePart& root, std::string_view text,
                                                   const std::vector<Address>& from, const std::vector<Address>& to) {
  Reading reading;
  const auto words = report_text(text);
  bool is_report = root.report_type == "delivery-status";
  each_part(root, [&](const MimePart& part) {
    if (part.type != "message/delivery-status" && part.type != "message/global-delivery-status") return;
    is_report = true;
    read_status_part(part.bytes, words, reading);
  });

  const auto subject = lower(decode_header(headers.first("subject")));
  const auto lowered = lower(words);
  const auto failed_header = headers.first("x-failed-recipients");
  if (!is_report) {
    const bool daemon = comes_from_daemon(from, headers), stock = is_bounce_subject(subject);
    const bool answers = headers.has("in-reply-to") && !daemon;
    const bool nowhere = headers.first("return-path") == "<>";
    const bool automatic = nowhere || starts_with_word(headers.first("auto-submitted"), "auto-");
    // Of the mail of people, which is most, the text is not looked through.
    const bool says_so = (nowhere || daemon || stock) && has_bounce_sentence(lowered);
    // MAILER-DAEMON writes of nothing else; postmaster may be a person.
    const bool mailer_daemon = !from.empty() && starts_with_word(from.front().address, "mailer-daemon@");
    is_report = !answers && (mailer_daemon || (nowhere && (stock || says_so)) || !failed_header.empty() ||
                             (daemon && (stock || says_so)) || (stock && says_so && (automatic || !daemon)));
  }
  if (!is_report) return {};

  if (reading.recipients.empty()) {
    const Action action = is_delay_text(subject) || is_delay_text(lowered) ? Action::delayed : Action::failed;
    auto addresses = failed_addresses(failed_header, {});
    if (addresses.empty()) addresses = failed_addresses(words, lowered_addresses(from, to));
    for (auto& address : addresses) {
      const auto own = words_on(address, words);
      auto status = find_status(own);
      if (status.empty()) status = find_status(words);
      reading.add(std::move(address), status, addresses.size() > 1 ? own : words, action);
    }
    if (addresses.empty()) reading.add({}, find_status(words), words, action);
  }
  DeliveryReport report;
  report.recipients = std::move(reading.recipients);
  report.original_message_id = original_message_id(root, text);
  report.success = reading.delivered && !reading.failed && !reading.delayed;
  return report;
}

}  // namespace fifteen::mail
