#include "mail/tnef.hpp"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>

extern "C" {  // the header does not say so itself
#include <ytnef.h>
}

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/header_text.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

constexpr std::string_view signature("\x78\x9F\x3E\x22", 4);
constexpr std::size_t object_id_bytes = 16;  // an embedded object's data begins with its interface id

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// Every attribute whole and its checksum right (MS-OXTNEF, 2.1.3). The library would print its doubts to standard
// output, and has read beyond the end of broken files before.
bool is_sound(std::string_view bytes) {
  if (!bytes.starts_with(signature) || bytes.size() < 6) return false;
  for (bytes.remove_prefix(6); !bytes.empty();) {
    if (bytes.size() < 11) return false;
    const std::size_t length = little_endian(bytes.substr(5, 4));
    if (length > bytes.size() - 11) return false;
    std::uint16_t sum = 0;
    for (const char c : bytes.substr(9, length)) sum = static_cast<std::uint16_t>(sum + static_cast<unsigned char>(c));
    if (sum != little_endian(bytes.substr(9 + length, 2))) return false;
    bytes.remove_prefix(11 + length);
  }
  return true;
}

struct FreeTnef {
  void operator()(TNEFStruct* tnef) const {
    TNEFFree(tnef);
    delete tnef;
  }
};

std::optional<std::string_view> property(MAPIProps& properties, DWORD type, DWORD id) {
  const variableLength* const found = MAPIFindProperty(&properties, PROP_TAG(type, id));
  if (found == MAPI_UNDEFINED || !found->data || found->size <= 0) return {};
  return std::string_view(reinterpret_cast<const char*>(found->data), static_cast<std::size_t>(found->size));
}

// Strings come with their closing NUL; the library has already made UTF-8 of PT_UNICODE.
std::string text_property(MAPIProps& properties, DWORD id) {
  for (const DWORD type : {static_cast<DWORD>(PT_UNICODE), static_cast<DWORD>(PT_STRING8)})
    if (const auto value = property(properties, type, id)) return to_utf8(value->substr(0, value->find('\0')), {});
  return {};
}

std::string_view view(const variableLength& value) {
  if (!value.data || value.size <= 0) return {};
  return {reinterpret_cast<const char*>(value.data), static_cast<std::size_t>(value.size)};
}

Part attachment(Attachment& from) {
  Part part;
  part.name = text_property(from.MAPI, PR_ATTACH_LONG_FILENAME);
  if (part.name.empty()) part.name = to_utf8(view(from.Title).substr(0, view(from.Title).find('\0')), {});
  part.name = safe_file_name(part.name);
  part.content_type = lower(text_property(from.MAPI, PR_ATTACH_MIME_TAG));
  if (part.content_type.find('/') == std::string::npos) part.content_type = "application/octet-stream";
  part.content_id = clean_line(text_property(from.MAPI, PR_ATTACH_CONTENT_ID));
  if (const auto object = property(from.MAPI, PT_OBJECT, PR_ATTACH_DATA_OBJ);
      object && object->size() > object_id_bytes)
    part.bytes = object->substr(object_id_bytes);
  else if (const auto binary = property(from.MAPI, PT_BINARY, PR_ATTACH_DATA_OBJ))
    part.bytes = *binary;
  else
    part.bytes = view(from.FileData);
  return part;
}

}  // namespace

Winmail read_winmail(std::string_view bytes, const ReadLimits& limits) {
  Winmail mail;
  if (bytes.size() > limits.message_bytes || !is_sound(bytes)) return mail;
  const std::unique_ptr<TNEFStruct, FreeTnef> tnef(new TNEFStruct{});
  TNEFInitialize(tnef.get());
  std::string copy(bytes);  // the library wants bytes it may write to
  if (TNEFParseMemory(reinterpret_cast<BYTE*>(copy.data()), static_cast<long>(copy.size()), tnef.get()) < 0)
    return mail;

  mail.text = text_property(tnef->MapiProperties, PR_BODY);
  if (mail.text.empty()) mail.text = to_utf8(view(tnef->body).substr(0, view(tnef->body).find('\0')), {});
  if (const auto html = property(tnef->MapiProperties, PT_BINARY, PR_BODY_HTML)) mail.html = to_utf8(*html, {});
  int count = 0;
  for (Attachment* one = tnef->starting_attach.next; one && count < limits.parts; one = one->next, ++count)
    if (Part part = attachment(*one); !part.bytes.empty()) mail.parts.push_back(std::move(part));
  return mail;
}

}  // namespace fifteen::mail
