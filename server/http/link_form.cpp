#include "server/http/link_form.hpp"

#include <cstring>  // ctemplate uses strlen without it

#include <ctemplate/template_dictionary.h>

#include "server/http/portal.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http::routes {
namespace {

struct Wording {
  const char *title, *lead, *button;  // keys of texts
};

std::string form_page(const Call& call, const Wording& words, const std::string& action, const TypedAddress& typed,
                      const char* place) {
  const auto text = [&](const std::string& key) { return call.setup.pages->text(language_of(call), key); };
  auto page = public_page(call, "ask_link.tpl", words.title);
  if (place) page->mark(place);
  page->set("ASK_TITLE", text(words.title));
  page->set("ASK_LEAD", text(words.lead));
  page->set("ASK_BUTTON", text(words.button));
  page->set("ACTION", in_same_language(call, action));
  page->set("EMAIL", typed.email);
  if (!typed.begun.empty()) page->set("BEGUN", typed.begun);
  if (!typed.error.empty()) page->section("ERROR").SetValue("MESSAGE", text(typed.error));
  return page->render();
}

}  // namespace

std::string fresh_link_page(const Call& call, const std::string& page, const TypedAddress& typed) {
  return form_page(call, {"portal.old_link_title", "portal.old_link_lead", "portal.old_link_send"}, page + "/link",
                   typed, nullptr);
}

std::string my_questions_form(const Call& call, const TypedAddress& typed) {
  return form_page(call, {"portal.my_questions", "portal.my_questions_lead", "portal.my_questions_send"},
                   "/help/questions", typed, "AT_QUESTIONS");
}

}  // namespace fifteen::http::routes
