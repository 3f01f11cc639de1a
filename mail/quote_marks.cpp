#include "mail/quote_marks.hpp"

#include "mail/ascii.hpp"
#include "mail/html_tree.hpp"

namespace fifteen::mail {
namespace {

// Classes and ids that clients give to the quoted mail.
constexpr std::string_view classes[] = {
    "gmail_quote",           // Gmail
    "yahoo_quoted",          // Yahoo
    "moz-cite-prefix",       // Thunderbird: "On … wrote:"
    "protonmail_quote",      // Proton
    "tutanota_quote",        // Tuta
    "zmail_extra",           // Zoho
    "OutlookMessageHeader",  // Outlook 2003
    "gmail_attr",            // Gmail: "On … wrote:"
    "front-blockquote",      // Front
    "freshdesk_quote",       // Freshdesk
    "gmail_extra_quote",
};
constexpr std::string_view ids[] = {
    "divRplyFwdMsg",                            // Outlook on the web
    "replySplit",                               // Alimail
    "isReplyContent",                           // QQ
    "OLK_SRC_BODY_SECTION",                     // Outlook for Mac
    "reply-intro",                              // Roundcube
    "mail-editor-reference-message-container",  // Outlook for iOS and Android
};

bool has_word(std::string_view list, std::string_view word) {
  while (!(list = trim(list)).empty()) {
    const auto one = list.substr(0, list.find_first_of(" \t\r\n"));
    if (one == word) return true;
    list.remove_prefix(one.size());
  }
  return false;
}

}  // namespace

bool is_quote(const GumboNode* node) {
  if (!is_element(node)) return false;
  const auto of_class = attribute(node, "class");
  if (node->v.element.tag == GUMBO_TAG_BLOCKQUOTE) return true;
  if (!of_class.empty() && std::ranges::any_of(classes, [&](auto name) { return has_word(of_class, name); }))
    return true;
  const auto id = attribute(node, "id");
  return !id.empty() && std::ranges::find(ids, id) != std::end(ids);
}

}  // namespace fifteen::mail
