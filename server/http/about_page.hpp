#pragma once
#include <string>
#include <vector>

#include "server/http/pages.hpp"
#include "server/http/route.hpp"
#include "server/store/articles.hpp"

// What a public page tells of itself to search engines and caches.
namespace fifteen::http::routes {

struct Crumb {
  std::string name, path;  // of a page above this one
};
struct AboutPage {
  std::string path;  // without the host
  std::string heading;
  std::string description;  // one or two sentences, plain
  std::vector<Crumb> crumbs;
  const store::Article* article = nullptr;   // this page is
  std::string picture;                       // the first that it shows, without the host; empty: none
  std::vector<store::Article> translations;  // of it, each with a page of its own; this one among them
};
// Description, canonical address, languages and structured data (schema.org) in the page's head.
void tell_about(Pages::Page& page, const Call& call, const AboutPage& about);

// The page, or 304 where the browser has it as it is. `visit` goes into its form, and makes it no other page.
Reply kept_page(const Call& call, Pages::Page& page, std::string_view visit = {});

}  // namespace fifteen::http::routes
