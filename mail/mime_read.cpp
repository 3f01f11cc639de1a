#include "mail/mime_read.hpp"

#include <algorithm>

#include "mail/address.hpp"
#include "mail/ascii.hpp"
#include "mail/automatic.hpp"
#include "mail/body_parts.hpp"
#include "mail/charset.hpp"
#include "mail/delivery_report.hpp"
#include "mail/header_text.hpp"
#include "mail/headers.hpp"
#include "mail/html_text.hpp"
#include "mail/mime_mend.hpp"
#include "mail/mime_tree.hpp"
#include "mail/reply_text.hpp"
#include "mail/tnef.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_subject_bytes = 998;
constexpr std::size_t max_ids = 200;

std::string text_of_parts(const std::vector<const MimePart*>& parts, std::string_view type, std::size_t max_bytes) {
  std::string text;
  for (const MimePart* const part : parts) {
    if (part->is_media() || (!type.empty() && part->type != type) || text.size() >= max_bytes) continue;
    if (!text.empty() && text.back() != '\n') text += '\n';
    const auto decoded = to_utf8(std::string_view(part->bytes).substr(0, max_bytes), part->charset);
    text += type.empty() && part->type == "text/html" ? html_to_text(decoded) : decoded;
  }
  return std::string(head(text, max_bytes));
}

Part attachment(const MimePart& from) {
  const bool is_picture =
      from.type.starts_with("image/") && (from.shown == MimePart::Shown::inside || !from.content_id.empty());
  Part part{
      from.name, from.type, from.content_id, is_picture ? Disposition::inline_picture : Disposition::attachment, {}};
  part.bytes = from.bytes;
  return part;
}

bool is_winmail(const MimePart& part) {
  return part.type == "application/ms-tnef" || part.type == "application/vnd.ms-tnef" ||
         same_word(part.name, "winmail.dat");
}

void read_bodies(const MimePart& root, const ReadLimits& limits, Message& message) {
  const BodyParts chosen = choose_body_parts(root);
  message.html = text_of_parts(chosen.html, "text/html", limits.text_bytes);
  message.text = text_of_parts(chosen.text, {}, limits.text_bytes);
  for (const MimePart* const part : chosen.attachments) {
    if (!is_winmail(*part)) {
      message.parts.push_back(attachment(*part));
      continue;
    }
    Winmail winmail = read_winmail(part->bytes, limits);
    if (message.text.empty()) message.text = std::string(head(winmail.text, limits.text_bytes));
    if (message.html.empty()) message.html = std::string(head(winmail.html, limits.text_bytes));
    // What cannot be unpacked stays what it is.
    if (winmail.parts.empty() && winmail.text.empty()) message.parts.push_back(attachment(*part));
    for (Part& packed : winmail.parts) message.parts.push_back(std::move(packed));
  }
  if (message.text.empty() && !message.html.empty()) message.text = html_to_text(message.html);
}

bool holds_part(const MimePart& part) {
  return part.kind != MimePart::Kind::multipart || std::ranges::any_of(part.children, holds_part);
}

// A mail in which nothing was found (a boundary that never comes, a header that runs into the body) is no empty mail:
// what stands there is shown as it came.
void show_what_was_not_found(std::string_view raw, const Headers& headers, const MimePart& root,
                             const ReadLimits& limits, Message& message) {
  if (!trim(message.text).empty() || !message.html.empty() || !message.parts.empty()) return;
  std::string_view body = raw.substr(headers.body_begins);
  if (trim(body).empty() && headers.has_other_lines)
    body = raw;
  else if (holds_part(root))
    return;
  if (trim(body).empty()) return;
  message.unreadable_because = "its parts can't be told apart, so it is shown as it came";
  message.text = clean_text(body.substr(0, limits.text_bytes));
}

void read_headers(const Headers& headers, const ReadLimits& limits, Message& message) {
  const auto most = static_cast<std::size_t>(limits.addresses);
  const auto addresses = [&](std::string_view name, std::size_t count) {
    std::vector<Address> all;
    for (const auto value : headers.all(name))
      for (auto& one : parse_addresses(value, count - all.size())) all.push_back(std::move(one));
    return all;
  };
  for (const auto* const name : {"from", "sender"})
    if (auto from = addresses(name, 1); !from.empty() && !message.from) message.from = std::move(from.front());
  message.reply_to = addresses("reply-to", most);
  message.to = addresses("to", most);
  message.cc = addresses("cc", most);
  message.subject = head(decode_header(headers.first("subject")), max_subject_bytes);
  if (auto ids = message_ids(headers.first("message-id"), 1); !ids.empty()) message.message_id = std::move(ids.front());
  message.in_reply_to = message_ids(headers.first("in-reply-to"), max_ids);
  message.references = message_ids(headers.first("references"), max_ids);
}

Message unreadable(std::string_view raw, std::string why, const ReadLimits& limits) {
  Message message;
  message.unreadable_because = std::move(why);
  message.text = clean_text(raw.substr(0, limits.text_bytes));
  message.visible_text = message.text;
  return message;
}

}  // namespace

Message read_message(std::string_view raw, const ReadLimits& limits) {
  raw = without_mbox_line(raw);
  if (raw.size() > limits.message_bytes) return unreadable(raw, "the mail is larger than this desk reads", limits);
  const Headers headers = Headers::read(raw, limits.header_bytes, limits.headers);
  const MimeTree tree = read_mime_tree(raw, limits);

  Message message;
  if (!tree.unreadable_because.empty()) message = unreadable(raw, tree.unreadable_because, limits);
  read_headers(headers, limits, message);
  if (!tree.unreadable_because.empty()) return message;

  read_bodies(tree.root, limits, message);
  show_what_was_not_found(raw, headers, tree.root, limits, message);
  std::vector<Address> from;
  if (message.from) from.push_back(*message.from);
  message.report = read_delivery_report(headers, tree.root, message.text, from, message.to);
  message.automatic = classify_automatic(headers, tree.root, from, message.report.has_value());
  message.no_automatic_answer = message.automatic != Automatic::no || forbids_automatic_answer(headers, from);

  if (!message.unreadable_because.empty()) {
    message.visible_text = message.text;
    return message;
  }
  ReplyText reply = split_reply(message.text);
  message.visible_text = std::move(reply.visible);
  message.signature = std::move(reply.signature);
  return message;
}

}  // namespace fifteen::mail
