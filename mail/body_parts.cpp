#include "mail/body_parts.hpp"

#include <span>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

// The algorithm of RFC 8621, 4.1.4, with null lists of the RFC as `false` of takes_text and takes_html.
class Chooser {
 public:
  BodyParts chosen;

  void choose(std::span<const MimePart> parts, std::string_view multipart, bool in_alternative, bool takes_text,
              bool takes_html) {
    const std::size_t text_before = chosen.text.size(), html_before = chosen.html.size();
    const bool alternative = multipart == "multipart/alternative";
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const MimePart& part = parts[i];
      if (part.kind == MimePart::Kind::multipart) {
        choose(part.children, part.type, in_alternative || part.type == "multipart/alternative", takes_text,
               takes_html);
      } else if (!is_inline(part, i, multipart)) {
        chosen.attachments.push_back(&part);
      } else if (alternative) {
        if (part.type == "text/plain")
          chosen.text.push_back(&part);
        else if (part.type == "text/html")
          chosen.html.push_back(&part);
        else
          chosen.attachments.push_back(&part);
      } else {
        if (in_alternative && part.type == "text/plain") takes_html = false;
        if (in_alternative && part.type == "text/html") takes_text = false;
        if (takes_text) chosen.text.push_back(&part);
        if (takes_html) chosen.html.push_back(&part);
        if (part.is_media()) chosen.attachments.push_back(&part);
      }
    }
    if (alternative) share(text_before, html_before);
  }

 private:
  static bool is_inline(const MimePart& part, std::size_t index, std::string_view multipart) {
    if (part.kind == MimePart::Kind::message || part.shown == MimePart::Shown::attached) return false;
    if (!part.is_text() && !part.is_media()) return false;
    return index == 0 || (multipart != "multipart/related" && (part.is_media() || part.name.empty()));
  }

  // An alternative with only one kind of body serves both readers.
  void share(std::size_t text_before, std::size_t html_before) {
    const bool text_grew = chosen.text.size() > text_before, html_grew = chosen.html.size() > html_before;
    if (html_grew && !text_grew)
      chosen.text.insert(chosen.text.end(), chosen.html.begin() + static_cast<std::ptrdiff_t>(html_before),
                         chosen.html.end());
    if (text_grew && !html_grew)
      chosen.html.insert(chosen.html.end(), chosen.text.begin() + static_cast<std::ptrdiff_t>(text_before),
                         chosen.text.end());
  }
};

}  // namespace

BodyParts choose_body_parts(const MimePart& root) {
  Chooser chooser;
  if (root.kind == MimePart::Kind::multipart)
    chooser.choose(root.children, root.type, root.type == "multipart/alternative", true, true);
  else
    chooser.choose({&root, 1}, "multipart/mixed", false, true, true);
  return std::move(chooser.chosen);
}

}  // namespace fifteen::mail
