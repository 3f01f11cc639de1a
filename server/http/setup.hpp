#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "server/base/random.hpp"
#include "server/desk/deflection/list_notebook.hpp"
#include "server/desk/knowledge/help_shelves.hpp"
#include "server/desk/knowledge/view_tally.hpp"
#include "server/desk/portal/kept_brands.hpp"
#include "server/desk/portal/usual_answer.hpp"
#include "server/desk/tickets/inbox_figures.hpp"
#include "server/http/access.hpp"
#include "server/http/assets.hpp"
#include "server/http/brake.hpp"
#include "server/http/pages.hpp"
#include "server/http/proxy.hpp"
#include "server/http/reply.hpp"

namespace prometheus {
class Registry;
}

namespace fifteen {
class WebClient;
}
namespace fifteen::search {
class Reader;
class Suggester;
}  // namespace fifteen::search

namespace fifteen::http {

// Of random bytes.
Key fresh_key();

// Where a WebSocket goes that asks for live updates (server/live).
class LiveDoor {
 public:
  virtual ~LiveDoor() = default;
  // `after`: the last event that the browser has seen, or 0.
  virtual std::shared_ptr<Takeover> admit(const Caller& caller, std::int64_t after) = 0;
};

// Where a customer's page or widget goes that follows a question (server/live).
class PublicLiveDoor {
 public:
  virtual ~PublicLiveDoor() = default;
  // `seen`: the word of what the page shows (desk::PublicStamp). None: there are too many, or too many from `client`.
  virtual std::shared_ptr<Takeover> admit(TicketId ticket, std::string seen, std::string client) = 0;
};

// What the program was started with, and what handlers lean on. Lives as long as the Site; handlers on database threads
// read it, so nothing in it changes but what guards itself.
struct Setup {
  std::string desk_name = "Help";
  std::string public_url;  // "https://help.example.org"; empty: each request's own host
  TrustedProxies proxies;
  const Assets* assets = nullptr;
  const Pages* pages = nullptr;
  prometheus::Registry* metrics = nullptr;
  LiveDoor* live = nullptr;
  PublicLiveDoor* public_live = nullptr;
  const search::Reader* reader = nullptr;        // none: search finds nothing
  const search::Suggester* suggester = nullptr;  // none: nothing is suggested
  const WebClient* web = nullptr;                // none: other servers are not asked
  std::string relay;                             // where mail goes out, without credentials; empty: nowhere
  // Mail refused at the doors since the start, by reason; asked on database threads. None: nothing was refused.
  std::function<std::map<std::string, std::int64_t>()> refused_mail;
  mutable Brake suggestions{{.burst = 30, .a_second = 5}};     // as-you-type asks a few times a second
  mutable Brake draft_events{{.burst = 60, .a_second = 1}};    // a draft has a few
  mutable Brake rating_pages{{.burst = 30, .a_second = 0.5}};  // a link is opened a few times
  mutable Brake solved_pages{{.burst = 30, .a_second = 0.5}};
  mutable Brake feedback{{.burst = 20, .a_second = 0.2}};
  mutable desk::ViewTally views;
  mutable Brake public_figures{{.burst = 60, .a_second = 2}};
  mutable Brake ticket_pages{{.burst = 60, .a_second = 1}};  // and may be guessed at
  mutable desk::KeptFigures figures;
  mutable desk::KeptUsualAnswer usual_answer;
  mutable desk::KeptShelves shelves;
  mutable desk::ListNotebook lists{10'000};  // what stands beside drafts right now
  mutable desk::KeptBrands brands;
  Key form_key = fresh_key();  // signs what public forms carry; the desk's own on every node
};

// "https://help.example.org" for links in this answer.
std::string base_url(const Setup& setup, const Request& request);
// Whether such a link may go out by mail: whoever asks from elsewhere names the host that he asked, and it must not
// become a link in somebody else's mail.
bool may_mail_links(const Setup& setup, const Request& request);

}  // namespace fifteen::http
