#include "mail/parse_report.hpp"

#include <unordered_map>

#include <boost/json.hpp>
#include <openssl/evp.h>

#include "mail/ascii.hpp"
#include "mail/headers.hpp"
#include "mail/html_text.hpp"
#include "mail/mime_read.hpp"
#include "mail/mime_tree.hpp"
#include "mail/reply_text.hpp"
#include "mail/utf8.hpp"

namespace json = boost::json;

namespace fifteen::mail {
namespace {

// SHA-256 of the bytes with CRLF and lone CR as LF, in hexadecimal.
std::string sha256_lf(std::string_view bytes) {
  std::string lf;
  lf.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    lf += bytes[i] == '\r' ? '\n' : bytes[i];
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  EVP_Digest(lf.data(), lf.size(), digest, &length, EVP_sha256(), nullptr);
  static constexpr char hex[] = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < length; ++i) {
    out += hex[digest[i] >> 4];
    out += hex[digest[i] & 15];
  }
  return out;
}

void add_leaves(const MimePart& part, json::array& hashes) {
  if (part.kind == MimePart::Kind::leaf) hashes.emplace_back(sha256_lf(part.bytes));
  for (const auto& child : part.children) add_leaves(child, hashes);
}

json::array strings(const std::vector<std::string>& values) {
  json::array array;
  for (const auto& value : values) array.emplace_back(value);
  return array;
}

void put_reply(json::object& line, const ReplyText& reply) {
  line["visible_reply"] = reply.visible;
  line["quotes_removed"] = reply.signature.empty() ? reply.visible : reply.visible + "\n" + reply.signature;
  line["signature"] = reply.signature;
  line["signature_starts"] = head(reply.signature, 60);
}

void put_report(json::object& line, const Message& message) {
  const bool success = message.report && message.report->success;
  line["is_bounce"] = message.automatic == Automatic::bounce && !success;
  line["is_delivery_success"] = success;
  line["is_autoreply"] = message.automatic == Automatic::auto_reply;
  line["is_complaint"] = message.automatic == Automatic::complaint;
  line["automatic"] = message.automatic != Automatic::no;
  json::array recipients, bounces;
  bool delayed = false, bad_address = false;
  if (message.report && !success) {
    for (const auto& one : message.report->recipients) {
      if (!one.recipient.empty()) recipients.emplace_back(one.recipient);
      bounces.push_back({{"status", one.status}, {"hard", one.bad_address}});
      delayed |= one.delayed;
      bad_address |= one.bad_address;
    }
  }
  line["is_temporary"] = delayed;
  line["is_hard_bounce"] = bad_address;
  line["bounce_recipients_count"] = bounces.size();
  line["bounce_recipients"] = std::move(recipients);
  line["bounces"] = std::move(bounces);
}

json::object line_of(const Message& message, std::string_view raw) {
  json::object line;
  line["from_address"] = message.from ? message.from->address : "";
  line["from_name"] = message.from ? message.from->name : "";
  line["subject"] = message.subject;
  line["message_id"] = message.message_id;
  line["in_reply_to"] =
      message.in_reply_to.empty() ? json::array{} : json::array{json::string(message.in_reply_to.front())};
  line["references"] = strings(message.references);
  line["body_text"] = message.text;
  line["body_html"] = message.html;
  line["input_text"] = message.text;
  line["attachments_count"] = message.parts.size();
  json::array names, leaves;
  for (const auto& part : message.parts)
    if (!part.name.empty()) names.emplace_back(part.name);
  line["attachment_names"] = std::move(names);
  if (const auto tree = read_mime_tree(raw, {}); tree.unreadable_because.empty()) add_leaves(tree.root, leaves);
  line["leaf_parts_count"] = leaves.size();
  line["leaf_sha256_lf"] = std::move(leaves);
  put_reply(line, split_reply(message.text));
  put_report(line, message);
  if (!message.unreadable_because.empty()) line["unreadable_because"] = message.unreadable_because;
  return line;
}

// Which messages belong together by the ids they carry: a forest of sets, joined one id at a time.
class Threads {
 public:
  explicit Threads(std::size_t count) : parent_(count) {
    for (std::size_t i = 0; i < count; ++i) parent_[i] = i;
  }

  void add(std::size_t message, const Message& read) {
    link(message, read.message_id);
    for (const auto& id : read.in_reply_to) link(message, id);
    for (const auto& id : read.references) link(message, id);
  }

  std::size_t first_of(std::size_t message) {
    while (parent_[message] != message) message = parent_[message] = parent_[parent_[message]];
    return message;
  }

 private:
  // An id without @ ("<yes>") is some program's mistake, shared by strangers.
  void link(std::size_t message, const std::string& id) {
    if (id.find('@') == std::string::npos) return;
    const auto [at, is_new] = holders_.try_emplace(id, message);
    if (is_new) return;
    const auto a = first_of(message), b = first_of(at->second);
    parent_[std::max(a, b)] = std::min(a, b);
  }

  std::vector<std::size_t> parent_;
  std::unordered_map<std::string, std::size_t> holders_;
};

std::string report_messages(const std::vector<ParseInput>& inputs) {
  std::vector<json::object> lines;
  Threads threads(inputs.size());
  for (const auto& input : inputs) {
    const Message message = read_message(input.bytes);
    threads.add(lines.size(), message);
    lines.push_back(line_of(message, input.bytes));
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i]["file"] = clean_text(inputs[i].file);
    lines[i]["thread"] = clean_text(inputs[threads.first_of(i)].file);
    out += json::serialize(lines[i]) + "\n";
  }
  return out;
}

}  // namespace

std::string parse_report(const std::vector<ParseInput>& inputs, ParseAs as) {
  if (as == ParseAs::message) return report_messages(inputs);
  std::string out;
  for (const auto& input : inputs) {
    const auto text = as == ParseAs::html ? html_to_text(clean_text(input.bytes)) : clean_text(input.bytes);
    json::object line{{"file", clean_text(input.file)}, {"input_text", text}};
    put_reply(line, split_reply(text));
    out += json::serialize(line) + "\n";
  }
  return out;
}

}  // namespace fifteen::mail
