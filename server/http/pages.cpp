#include "server/http/pages.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>  // ctemplate uses strlen without it
#include <map>
#include <stdexcept>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

namespace fifteen::http {
namespace {

ctemplate::TemplateString view(std::string_view text) {
  return {text.data(), text.size()};
}

// "portal.ask_title" is the marker T_ASK_TITLE; other keys are the browser's.
std::string marker_of(std::string_view key) {
  constexpr std::string_view ours = "portal.";
  if (!key.starts_with(ours)) return {};
  std::string marker = "T_" + std::string(key.substr(ours.size()));
  std::ranges::transform(marker, marker.begin(), [](unsigned char c) { return std::toupper(c); });
  return marker;
}

}  // namespace

struct Pages::Store {
  mutable ctemplate::TemplateCache cache;
  // language -> key -> text
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> texts;
};

Pages::Pages(std::span<const EmbeddedFile> templates, std::span<const EmbeddedFile> locales, const Assets& assets)
    : store_(std::make_unique<Store>()), assets_(assets) {
  for (const auto& [name, bytes] : templates)
    if (!store_->cache.StringToTemplateCache(view(name), bytes.data(), bytes.size(), ctemplate::STRIP_BLANK_LINES))
      throw std::runtime_error("the template " + std::string(name) + " can't be read");
  store_->cache.Freeze();
  for (const auto& [name, bytes] : locales) {
    boost::system::error_code ec;
    const auto texts = boost::json::parse({bytes.data(), bytes.size()}, ec);
    if (ec || !texts.is_object()) throw std::runtime_error("the texts " + std::string(name) + " can't be read");
    auto& language = store_->texts[std::string(name.substr(0, name.rfind('.')))];
    for (const auto& [key, text] : texts.get_object())
      if (text.is_string()) language.emplace(key, text.get_string());
  }
  if (!store_->texts.contains("en")) throw std::runtime_error("the English texts are missing");
}

Pages::~Pages() = default;

Pages::Page::Page(const Pages& pages, std::string_view file, std::string_view language)
    : pages_(pages),
      file_(file),
      values_(std::make_unique<ctemplate::TemplateDictionary>(ctemplate::TemplateString(file_))) {
  const auto add_texts = [&](std::string_view of) {
    const auto texts = pages_.store_->texts.find(of);
    if (texts == pages_.store_->texts.end()) return;
    for (const auto& [key, text] : texts->second)
      if (const auto marker = marker_of(key); !marker.empty())
        values_->SetTemplateGlobalValue(view(marker), view(text));
  };
  add_texts("en");
  if (language != "en") add_texts(language);
  values_->SetTemplateGlobalValue("LANG", view(language));
  for (const auto& [marker, part] :
       {std::pair("HEAD", "head.tpl"), {"FOOT", "foot.tpl"}, {"FIELDS", "question_fields.tpl"}, {"TRAP", "trap.tpl"}})
    (parts_[marker] = values_->AddIncludeDictionary(marker))->SetFilename(part);
  parts_["FIELDS"]->AddIncludeDictionary("TRAP")->SetFilename("trap.tpl");  // a part sees no other's parts
}

Pages::Page::~Page() = default;

void Pages::Page::set(std::string_view name, std::string_view value) {
  values_->SetTemplateGlobalValue(view(name), view(value));
}

ctemplate::TemplateDictionary& Pages::Page::section(std::string_view name) {
  return *values_->AddSectionDictionary(view(name));
}

ctemplate::TemplateDictionary& Pages::Page::part(const std::string& include, std::string_view name) {
  return *parts_.at(include)->AddSectionDictionary(view(name));
}

void Pages::Page::mark(std::string_view name) {
  values_->ShowTemplateGlobalSection(view(name));
}

// The page's own form or the one in question_fields.tpl: only one of them is shown.
void Pages::Page::hide(std::string_view name, std::string_view value) {
  for (auto* dictionary : {values_.get(), parts_.at("FIELDS")}) {
    auto& field = *dictionary->AddSectionDictionary("HIDDEN");
    field.SetValue("NAME", view(name));
    field.SetValue("VALUE", view(value));
  }
}

std::string Pages::Page::render() const {
  std::string html;
  if (!pages_.store_->cache.ExpandNoLoad(view(file_), ctemplate::STRIP_BLANK_LINES, values_.get(), nullptr, &html))
    throw std::logic_error("the page " + file_ + " can't be rendered");
  return html;
}

std::string_view Pages::language_of(std::string_view field) const {
  std::string_view best = "en";
  double best_weight = 0;
  while (!field.empty()) {
    auto member = field.substr(0, field.find(','));
    field.remove_prefix(std::min(field.size(), member.size() + 1));
    while (member.starts_with(' ')) member.remove_prefix(1);
    double weight = 1;
    if (const auto q = member.find(";q="); q != std::string_view::npos)
      std::from_chars(member.data() + q + 3, member.data() + member.size(), weight);
    const auto primary = member.substr(0, member.find_first_of("-;"));
    for (const auto& [language, texts] : store_->texts)
      if (weight > best_weight && std::string_view(language).substr(0, language.find('-')) == primary) {
        best = language;
        best_weight = weight;
      }
  }
  return best;
}

std::string_view Pages::known_language(std::string_view tag) const {
  const auto known = store_->texts.find(tag);
  return known == store_->texts.end() ? std::string_view() : std::string_view(known->first);
}

std::vector<std::string_view> Pages::languages() const {
  std::vector<std::string_view> tags;
  for (const auto& [tag, texts] : store_->texts) tags.emplace_back(tag);
  return tags;
}

std::string Pages::text(std::string_view language, std::string_view key) const {
  for (const auto of : {language, std::string_view("en")})
    if (const auto texts = store_->texts.find(of); texts != store_->texts.end())
      if (const auto text = texts->second.find(key); text != texts->second.end()) return text->second;
  throw std::logic_error("no text " + std::string(key));
}

std::map<std::string, std::string> Pages::texts_of(std::string_view language, std::string_view begin) const {
  std::map<std::string, std::string> found;
  const auto texts = store_->texts.find(language);
  if (texts == store_->texts.end()) return found;
  for (auto text = texts->second.lower_bound(begin); text != texts->second.end() && text->first.starts_with(begin);
       ++text)
    found.emplace(text->first.substr(begin.size()), text->second);
  return found;
}

std::string Pages::app(std::string_view language, std::string_view title, const std::string& chunk,
                       std::string_view boot) const {
  Page page(*this, "app.tpl", language);
  page.set("TITLE", title);
  page.set("CSS", assets_.path("app.css"));
  page.set("JS", assets_.path("app.js"));
  page.section("PRELOAD").SetValue("JS", view(assets_.path(chunk)));
  page.set("BOOT", script_json(boot));
  return page.render();
}

std::string script_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  for (const char c : json) switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  return out;
}

}  // namespace fifteen::http
