#include <cstdint>
#include <cstdlib>

#include "mail/html_clean.hpp"
#include "mail/html_text.hpp"
#include "mail/html_tree.hpp"

// Cleaned HTML, parsed anew, holds no element that runs or loads, and no handler.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen::mail;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  html_to_text(html);
  const HtmlTree tree(clean_html(html).html);
  if (!tree.root()) return 0;
  walk(
      tree.root(),
      [](const GumboNode* node) {
        const auto tag = tag_name(node);
        for (const char* bad :
             {"script", "style", "iframe", "svg", "math", "object", "embed", "form", "meta", "base", "link"})
          if (tag == bad) std::abort();
        if (!is_element(node)) return true;
        const GumboVector& attributes = node->v.element.attributes;
        for (unsigned i = 0; i < attributes.length; ++i)
          if (std::string_view(static_cast<const GumboAttribute*>(attributes.data[i])->name).starts_with("on"))
            std::abort();
        return true;
      },
      [](const GumboNode*) {});
  return 0;
}
