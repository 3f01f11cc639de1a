#include "mail/mime_write.hpp"

#include <algorithm>

#include "mail/address.hpp"
#include "mail/ascii.hpp"
#include "mail/gobject.hpp"
#include "mail/header_text.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::size_t max_references = 20;
constexpr std::size_t max_id_bytes = 250;  // keeps a folded References line below 998 bytes whatever the ids are
constexpr std::size_t max_header_value = 16u << 10;

using Multipart = GObjectPtr<GMimeMultipart>;

// The one place that decides whether somebody's text may become a header value: no CR, LF, NUL or other control
// character.
bool is_header_safe(std::string_view value) {
  return value.size() <= max_header_value && is_valid_utf8(value) && std::ranges::none_of(value, [](char c) {
           return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
         });
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= max_id_bytes &&
         std::ranges::all_of(id, [](char c) { return c > 0x20 && c < 0x7F && c != '<' && c != '>'; });
}

bool is_header_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_alpha(c) || is_digit(c) || c == '-'; });
}

std::string lf_only(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  for (const auto line : lines_of(clean_text(text))) out.append(line).append("\n");
  return out;
}

void set_bytes(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
  const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const GObjectPtr<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part, content.get());
  g_mime_part_set_content_encoding(part, encoding);
}

GObjectPtr<GMimeObject> text_part(const char* subtype, std::string_view text) {
  GMimePart* const part = g_mime_part_new_with_type("text", subtype);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
  set_bytes(part, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GObjectPtr<GMimeObject>(GMIME_OBJECT(part));
}

GObjectPtr<GMimeObject> file_part(const Part& file) {
  const auto slash = file.content_type.find('/');
  const bool typed = slash != std::string::npos && is_header_safe(file.content_type) &&
                     !file.content_type.starts_with("multipart/") && !file.content_type.starts_with("message/") &&
                     file.content_type.find_first_of("; \t\"") == std::string::npos;
  GMimePart* const part = typed ? g_mime_part_new_with_type(file.content_type.substr(0, slash).c_str(),
                                                            file.content_type.substr(slash + 1).c_str())
                                : g_mime_part_new_with_type("application", "octet-stream");
  set_bytes(part, file.bytes, GMIME_CONTENT_ENCODING_BASE64);
  const bool is_picture = file.disposition == Disposition::inline_picture;
  g_mime_object_set_disposition(GMIME_OBJECT(part),
                                is_picture ? GMIME_DISPOSITION_INLINE : GMIME_DISPOSITION_ATTACHMENT);
  if (const auto name = safe_file_name(file.name); !name.empty()) g_mime_part_set_filename(part, name.c_str());
  if (is_id(file.content_id)) g_mime_object_set_content_id(GMIME_OBJECT(part), file.content_id.c_str());
  return GObjectPtr<GMimeObject>(GMIME_OBJECT(part));
}

GObjectPtr<GMimeObject> multipart(const char* subtype, const std::vector<GObjectPtr<GMimeObject>>& parts) {
  GMimeMultipart* const whole = g_mime_multipart_new_with_subtype(subtype);
  for (const auto& part : parts) g_mime_multipart_add(whole, part.get());
  return GObjectPtr<GMimeObject>(GMIME_OBJECT(whole));
}

template <class... Parts>
std::vector<GObjectPtr<GMimeObject>> list_of(Parts... parts) {
  std::vector<GObjectPtr<GMimeObject>> list;
  (list.push_back(std::move(parts)), ...);
  return list;
}

// mixed(alternative(text, related(html, pictures)), files), each shell only where it holds more than one thing.
GObjectPtr<GMimeObject> body_of(const OutgoingMessage& mail) {
  auto pictures = list_of(), files = list_of();
  for (const Part& part : mail.parts)
    (part.disposition == Disposition::inline_picture && !mail.html.empty() ? pictures : files)
        .push_back(file_part(part));

  auto body = text_part("plain", lf_only(mail.text));
  if (!mail.html.empty()) {
    auto html = text_part("html", lf_only("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>\n" +
                                          mail.html + "\n</body></html>"));
    if (!pictures.empty()) {
      pictures.insert(pictures.begin(), std::move(html));
      html = multipart("related", pictures);
    }
    body = multipart("alternative", list_of(std::move(body), std::move(html)));
  }
  if (files.empty()) return body;
  files.insert(files.begin(), std::move(body));
  return multipart("mixed", files);
}

bool add_mailbox(GMimeMessage* message, GMimeAddressType type, const Address& address) {
  const auto spelled = address_for_header(address.address);
  if (spelled.empty() || !is_header_safe(address.name)) return false;
  g_mime_message_add_mailbox(message, type, address.name.empty() ? nullptr : address.name.c_str(), spelled.c_str());
  return true;
}

bool add_mailboxes(GMimeMessage* message, const OutgoingMessage& mail) {
  bool sound = add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, mail.from);
  for (const Address& to : mail.to) sound = sound && add_mailbox(message, GMIME_ADDRESS_TYPE_TO, to);
  for (const Address& cc : mail.cc) sound = sound && add_mailbox(message, GMIME_ADDRESS_TYPE_CC, cc);
  if (mail.reply_to) sound = sound && add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, *mail.reply_to);
  return sound;
}

std::string chain(const std::vector<std::string>& ids) {
  std::vector<std::string> sound;
  std::ranges::copy_if(ids, std::back_inserter(sound), is_id);
  if (sound.size() > max_references) sound.erase(sound.begin() + 1, sound.end() - (max_references - 1));
  std::string value;
  for (const auto& id : sound) value.append(value.empty() ? "" : " ").append("<" + id + ">");
  return value;
}

void set_header(GMimeMessage* message, const char* name, const std::string& value) {
  if (!value.empty()) g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), "utf-8");
}

// GMime takes a long URL for words and encodes it (RFC 2047); List-Unsubscribe must not be (RFC 2369, 2).
constexpr std::size_t longest_raw_value = 900;  // of a line's 998
void write_as_it_is(GMimeMessage* message, const std::string& name, const std::string& value) {
  auto* const headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  if (auto* const header = g_mime_header_list_get_header(headers, name.c_str()))
    g_mime_header_set_raw_value(header, (" " + value + "\n").c_str());
}

std::string serialised(GMimeMessage* message) {
  const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new());
  GMimeFormatOptions* const options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream.get());
  g_mime_format_options_free(options);
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  const std::string_view written(reinterpret_cast<const char*>(bytes->data), bytes->len);
  std::string crlf;
  crlf.reserve(written.size() + written.size() / 32);
  for (const auto line : lines_of(written)) crlf.append(line).append("\r\n");
  return crlf;
}

}  // namespace

result<std::string> write_message(const OutgoingMessage& mail) {
  ensure_gmime();
  if ((mail.to.empty() && mail.cc.empty()) || !is_header_safe(mail.subject) || !is_id(mail.message_id))
    return errc::invalid;
  if (!mail.in_reply_to.empty() && !is_header_safe(mail.in_reply_to)) return errc::invalid;

  const GObjectPtr<GMimeMessage> message(g_mime_message_new(TRUE));
  if (!add_mailboxes(message.get(), mail)) return errc::invalid;
  g_mime_message_set_subject(message.get(), mail.subject.c_str(), "utf-8");
  GDateTime* const date = g_date_time_new_from_unix_utc(to_us(mail.date) / 1'000'000);
  if (!date) return errc::invalid;
  g_mime_message_set_date(message.get(), date);
  g_date_time_unref(date);
  g_mime_message_set_message_id(message.get(), mail.message_id.c_str());
  set_header(message.get(), "In-Reply-To", chain({mail.in_reply_to}));
  set_header(message.get(), "References", chain(mail.references));
  if (mail.is_automatic) {
    // RFC 3834, 5: an answer to one mail, or a mail of our own accord.
    set_header(message.get(), "Auto-Submitted", mail.in_reply_to.empty() ? "auto-generated" : "auto-replied");
    set_header(message.get(), "X-Auto-Response-Suppress", "All");  // Exchange reads this one
  }
  for (const auto& [name, value] : mail.headers) {
    if (!is_header_name(name) || !is_header_safe(value)) return errc::invalid;
    set_header(message.get(), name.c_str(), value);
    if (is_ascii(value) && value.size() <= longest_raw_value) write_as_it_is(message.get(), name, value);
  }
  g_mime_message_set_mime_part(message.get(), body_of(mail).get());
  return serialised(message.get());
}

std::vector<std::string> references_of_answer(const Message& read) {
  auto ids = read.references.empty() ? read.in_reply_to : read.references;
  if (!read.message_id.empty()) ids.push_back(read.message_id);
  return ids;
}

}  // namespace fifteen::mail
