#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/embedded.hpp"
#include "server/http/assets.hpp"

namespace ctemplate {
class TemplateDictionary;
}

namespace fifteen::http {

// The pages that the server renders, from web/templates and web/locales. Everything that is put in is escaped by where
// it stands (ctemplate's auto-escape). Read-only after construction; any thread may render.
class Pages {
 public:
  // Throws std::runtime_error when a template or a language's texts can't be read.
  Pages(std::span<const EmbeddedFile> templates, std::span<const EmbeddedFile> locales, const Assets& assets);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  // A page being filled.
  class Page {
   public:
    Page(const Pages& pages, std::string_view file, std::string_view language);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    ctemplate::TemplateDictionary& values() { return *values_; }
    void set(std::string_view name, std::string_view value);
    // Shows a section once more and returns what fills it.
    ctemplate::TemplateDictionary& section(std::string_view name);
    // Shows a section of an included part: ("FIELDS", "TEXT_ERROR").
    ctemplate::TemplateDictionary& part(const std::string& include, std::string_view name);
    // Shows a section wherever it stands, in every part: which place of the navigation this is.
    void mark(std::string_view name);
    // A hidden field of the page's form.
    void hide(std::string_view name, std::string_view value);
    std::string render() const;

   private:
    const Pages& pages_;
    std::string file_;
    std::unique_ptr<ctemplate::TemplateDictionary> values_;
    std::map<std::string, ctemplate::TemplateDictionary*> parts_;
  };

  // The language of ours that an Accept-Language field asks for first; "en" when it asks for none.
  std::string_view language_of(std::string_view accept_language) const;
  // The language of exactly this tag ("zh-Hans"); empty: none of ours.
  std::string_view known_language(std::string_view tag) const;
  // All of them, by tag.
  std::vector<std::string_view> languages() const;
  // One text, as "portal.sent_title".
  std::string text(std::string_view language, std::string_view key) const;
  // All whose keys begin so, by what follows.
  std::map<std::string, std::string> texts_of(std::string_view language, std::string_view begin) const;
  // A page of the inbox: the shell with its script and the first screen's data as JSON. `chunk` ("inbox.js") is loaded
  // ahead.
  std::string app(std::string_view language, std::string_view title, const std::string& chunk,
                  std::string_view boot) const;

 private:
  struct Store;
  std::unique_ptr<Store> store_;
  const Assets& assets_;
};

// JSON as it may stand inside <script type="application/json">.
std::string script_json(std::string_view json);

}  // namespace fifteen::http
