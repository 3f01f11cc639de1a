#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "server/desk/deflection/visits.hpp"
#include "server/desk/portal/brands.hpp"
#include "server/http/form.hpp"
#include "server/http/pages.hpp"
#include "server/http/route.hpp"
#include "server/store/articles.hpp"
#include "server/store/attachments.hpp"

// What the customers' pages have in common.
namespace fifteen::http::routes {

// A public page in the visitor's language and in the look of the host that it is asked from, with the markers that all
// of them have. `style`: what it needs beside portal.css, "ideas.css".
std::unique_ptr<Pages::Page> public_page(const Call& call, std::string_view file, std::string_view title_key,
                                         std::string_view style = {});
// Of the host that is asked.
desk::Brand brand_of(const Call& call);
// The brand's name, or the desk's.
std::string public_name(const Call& call);
// A stranger who looks for answers more often than somebody who types does (Setup::suggestions); each look counts.
bool looks_too_often(const Call& call);
Reply busy_page(const Call& call);
// To a page of ours, in the language that was chosen: "/help/sent?lang=it".
std::string in_same_language(const Call& call, const std::string& path);

// For a page whose address is a proof: told to nobody, found by nobody.
Reply secret(Reply reply);
Reply secret_page(std::string html);
Reply secret_problem(const Call& call, error_code why, std::string_view title_key, std::string_view text_key);

// What a visitor has typed into the question's form, and what is wrong with it.
struct Draft {
  std::string text, email, name;
  std::string article;                              // the slug of the one that it came from
  std::string once;                                 // names this one question, however often the form is sent
  std::string begun;                                // form_trap.hpp; empty: now
  desk::Visit visit;                                // empty: a new one
  std::vector<store::Attachment> files;             // kept from the step before
  bool drops_files = false;                         // it brought some, which are not kept
  std::string text_error, email_error, file_error;  // keys of texts
};
void fill_form(Pages::Page& page, const Call& call, const Draft& draft);
// The files that wait, by name, and what the page carries of them. `include`: where the form stands, if not on the page
// itself.
void fill_files(Pages::Page& page, const Call& call, const Draft& draft, const std::string& include = {});

// What is promised to who asks now; nothing where there is nothing to promise (desk/portal/usual_answer.hpp).
void fill_promise(Pages::Page& page, store::Session& sql, const Call& call);

std::string article_url(const store::Article& article);
std::string category_path(const std::string& slug);
// A list entry, with its language when that is not the page's.
void fill_link(ctemplate::TemplateDictionary& entry, const Call& call, const std::string& url, const std::string& title,
               const std::string& locale);
void fill_article(ctemplate::TemplateDictionary& entry, const Call& call, const store::Article& article);

}  // namespace fifteen::http::routes
