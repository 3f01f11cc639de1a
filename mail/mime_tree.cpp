#include "mail/mime_tree.hpp"

#include <utility>

#include "mail/ascii.hpp"
#include "mail/gobject.hpp"
#include "mail/header_text.hpp"
#include "mail/mime_mend.hpp"
#include "mail/parameters.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

std::string_view view(const char* text) {
  return text ? std::string_view(text) : std::string_view{};
}

// Everything GMime writes into a memory stream, as bytes.
template <class Write>
std::string written_by(Write write) {
  const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new());
  write(stream.get());
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string as_written(GMimeObject* object) {
  return written_by([&](GMimeStream* to) { g_mime_object_write_to_stream(object, nullptr, to); });
}

std::string decoded(GMimePart* part) {
  GMimeDataWrapper* const content = g_mime_part_get_content(part);
  if (!content) return {};
  return written_by([&](GMimeStream* to) { g_mime_data_wrapper_write_to_stream(content, to); });
}

// The first header of that name, unfolded.
std::string raw_header(GMimeObject* object, const char* name) {
  GMimeHeader* const header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  std::string value(header ? view(g_mime_header_get_raw_value(header)) : std::string_view{});
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });
  return value;
}

class Reader {
 public:
  explicit Reader(const ReadLimits& limits) : limits_(limits) {}

  MimePart read(GMimeObject* object, int depth) {
    MimePart part;
    ++parts_;
    describe(object, part);
    if (depth >= limits_.depth) {
      part.bytes = as_written(object);
      part.type = "application/octet-stream";
      part.shown = MimePart::Shown::attached;
    } else if (GMIME_IS_MULTIPART(object)) {
      read_multipart(GMIME_MULTIPART(object), part, depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      read_message(GMIME_MESSAGE_PART(object), part, depth);
    } else if (GMIME_IS_PART(object)) {
      part.bytes = decoded(GMIME_PART(object));
    }
    return part;
  }

 private:
  void describe(GMimeObject* object, MimePart& part) const {
    const auto type = parse_parameters(raw_header(object, "Content-Type"));
    // GMime settles broken types (text/plain where there is none); the parameters are read by our own rules.
    if (GMimeContentType* const settled = g_mime_object_get_content_type(object)) {
      const GText text(g_mime_content_type_get_mime_type(settled));
      part.type = lower(clean_line(view(text.get())));
    }
    part.charset = type.get("charset");
    part.report_type = lower(type.get("report-type"));
    const auto disposition = parse_parameters(raw_header(object, "Content-Disposition"));
    part.name = safe_file_name(disposition.get("filename"));
    if (part.name.empty()) part.name = safe_file_name(type.get("name"));
    // RFC 2183, 2.8: a word nobody knows means attachment; what is no word at all says nothing.
    const bool word =
        std::ranges::all_of(disposition.value, [](char c) { return is_alpha(c) || is_digit(c) || c == '-'; });
    part.shown = !word || disposition.value.empty() ? MimePart::Shown::unsaid
                 : disposition.value == "inline"    ? MimePart::Shown::inside
                                                    : MimePart::Shown::attached;
    part.content_id = clean_line(view(g_mime_object_get_content_id(object)));
  }

  void read_multipart(GMimeMultipart* multipart, MimePart& part, int depth) {
    part.kind = MimePart::Kind::multipart;
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count && parts_ < limits_.parts; ++i)
      part.children.push_back(read(g_mime_multipart_get_part(multipart, i), depth + 1));
  }

  void read_message(GMimeMessagePart* holder, MimePart& part, int depth) {
    GMimeMessage* const message = g_mime_message_part_get_message(holder);
    if (!message) return;
    part.kind = MimePart::Kind::message;
    // The outermost holds the inner ones: copies of each would make a square of a mail nested in itself.
    if (messages_open_ == 0) part.bytes = as_written(GMIME_OBJECT(message));
    ++messages_open_;
    GMimeObject* const body = g_mime_message_get_mime_part(message);
    if (body && parts_ < limits_.parts) part.children.push_back(read(body, depth + 1));
    --messages_open_;
  }

  const ReadLimits& limits_;
  int parts_ = 0;
  int messages_open_ = 0;
};

}  // namespace

MimeTree read_mime_tree(std::string_view raw, const ReadLimits& limits) {
  ensure_gmime();
  std::string mended;
  raw = mended_for_gmime(without_mbox_line(raw), limits, mended);
  const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
  const GObjectPtr<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const GObjectPtr<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  MimeTree tree;
  // GMime gives no message for some broken ones (201 of 20 000 mutated mails).
  GMimeObject* const body = message ? g_mime_message_get_mime_part(message.get()) : nullptr;
  if (!body)
    tree.unreadable_because = "the mail has no structure that can be read";
  else
    tree.root = Reader(limits).read(body, 0);
  return tree;
}

}  // namespace fifteen::mail
