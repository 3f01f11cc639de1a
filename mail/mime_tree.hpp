#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"

namespace fifteen::mail {

// One part of a mail as RFC 2045 builds it, transfer-decoded. Headers are decoded text.
struct MimePart {
  enum class Kind { leaf, multipart, message };
  enum class Shown { unsaid, inside, attached };  // Content-Disposition

  Kind kind = Kind::leaf;
  std::string type = "text/plain";  // lower case, without parameters
  std::string charset;              // as declared
  std::string report_type;          // of multipart/report
  std::string name;                 // a safe file name
  std::string content_id;           // without <>
  Shown shown = Shown::unsaid;
  std::string bytes;               // leaf: decoded; message: the message itself; multipart: empty
  std::vector<MimePart> children;  // message: its one body

  bool is_text() const { return kind == Kind::leaf && (type == "text/plain" || type == "text/html"); }
  bool is_media() const {
    return type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
  }
};

struct MimeTree {
  MimePart root;
  std::string unreadable_because;  // not empty: there is no tree
};

// What GMime makes of the message, never deeper or with more parts than the limits; what lies deeper stays in one leaf.
MimeTree read_mime_tree(std::string_view raw, const ReadLimits& limits);

}  // namespace fifteen::mail
