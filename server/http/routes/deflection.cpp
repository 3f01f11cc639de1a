#include <cmath>

#include <boost/json/value.hpp>

#include "server/desk/deflection/draft_days.hpp"
#include "server/http/auth.hpp"
#include "server/http/drafts.hpp"
#include "server/http/fields.hpp"
#include "server/http/limits.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"

// Drafts of questions: what stood beside them, what was done with it.
namespace fifteen::http {
namespace {

constexpr std::size_t shortest_words = 3, most_events = 20, longest_words = 2000;

struct Happened {
  desk::DeflectionEvent event;
  ArticleId article;
  std::string query;
};

std::optional<Happened> read_event(Fields& fields) {
  const std::string kind = fields.need_text("kind", 20);
  const auto event = desk::parse_deflection_event(kind);
  // That it was sent says the ticket's own transaction.
  if (!kind.empty() && (!event || *event == desk::DeflectionEvent::sent))
    fields.complain("kind", "This is show, helpful, not_helpful or solved.");
  const auto article = fields.id("article");
  auto query = fields.text("query", longest_words);
  if (!fields.are_fine()) return {};
  return Happened{*event, ArticleId(article.value_or(0)), query.value_or("")};
}

std::string read_name(Fields& fields, const char* name) {
  std::string text = fields.need_text(name, 64);
  if (!text.empty() && !desk::is_visit_name(text)) fields.complain(name, "This is 22 characters of base64url.");
  return text;
}

}  // namespace

bool may_be_drafted_in(Channel channel) {
  return channel == Channel::form || channel == Channel::widget;
}

result<std::optional<NamedDraft>> named_draft(const Call& call) {
  const auto visitor = call.request.query("visitor"), session = call.request.query("session");
  if (!visitor && !session) return std::nullopt;
  const auto channel = parse<Channel>(call.request.query("channel").value_or("form"));
  if (!visitor || !session || !desk::is_visit_name(*visitor) || !desk::is_visit_name(*session) || !channel ||
      !may_be_drafted_in(*channel))
    return errc::invalid;
  return NamedDraft{{*visitor, *session}, *channel};
}

bool is_withheld(store::Session& sql, const Call& call, const NamedDraft& draft, const DraftWords& words,
                 const std::vector<desk::Suggested>& list) {
  const bool withheld = desk::is_withheld(sql, draft.visit.visitor);
  if (words.text.size() >= shortest_words)
    call.setup.lists.note({.visitor = draft.visit.visitor,
                           .session = draft.visit.session,
                           .channel = draft.channel,
                           .locale = words.locale,
                           .query = words.text,
                           .list = list,
                           .withheld = withheld,
                           .ticket = {}},
                          call.now);
  return withheld;
}

// What visitors do with the answers that they see. An event that comes too late, or for what is not there, is no reason
// to trouble anybody: browsers send these while their page goes away.
Reply routes::note_draft_events(store::Session& sql, const Call& call) {
  if (!admits(call.setup.draft_events, call)) return retry_after(problem(errc::too_many), 1);
  Fields fields = Fields::of(call.request, plain_text);
  if (const auto key = fields.text("key", 100))
    if (const auto known = widget_key_of(sql, call, *key); !known) return known.error();
  desk::ListNoted noted;
  noted.visitor = read_name(fields, "visitor");
  noted.session = read_name(fields, "session");
  const auto channel = parse<Channel>(fields.text("channel", 20).value_or("form"));
  if (!channel || !may_be_drafted_in(*channel)) fields.complain("channel", "This is form or widget.");
  if (channel) noted.channel = *channel;
  noted.locale = fields.text("locale", 20).value_or("");
  std::vector<Happened> events;
  int number = 0;
  for (Fields& entry : fields.objects("events", most_events)) {
    ++number;
    if (const auto happened = read_event(entry))
      events.push_back(*happened);
    else
      fields.complain("events", "Event " + std::to_string(number), entry);
  }
  if (!fields.are_fine()) return fields.problem();
  call.setup.lists.write(sql, noted.session, call.now);
  for (const Happened& happened : events) {
    noted.query = happened.query;
    desk::begin_draft(sql, noted, call.now);
    (void)desk::note_event(sql, noted.session, happened.event, happened.article, {}, call.now);
  }
  return no_content();
}

// How it is measured: the control group's share, and how long words are kept.
Reply routes::change_deflection(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  const auto percent = fields.integer("control_percent", 0, 100 * desk::largest_control_share);
  const auto days = fields.integer("kept_days", desk::least_kept_words.count(), desk::most_kept_words.count());
  if (!fields.are_fine()) return fields.problem();
  if (percent) desk::set_control_share(sql, static_cast<double>(*percent) / 100);
  if (days) desk::set_kept_words(sql, std::chrono::days(*days));
  return ok(
      {{"control_percent", std::lround(100 * desk::control_share(sql))}, {"kept_days", desk::kept_words(sql).count()}});
}

}  // namespace fifteen::http
