// fifteen_sample DATA < LINES: what the history format has no line for, put into the sample desk by the desk's own
// functions: a site with the widget, ideas with their votes, and what visitors did beside their drafts. The lists of
// suggestions are those that the desk suggests for the words.
#include <iostream>
#include <map>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include "search/reader.hpp"
#include "search/suggest.hpp"
#include "server/app/failure.hpp"
#include "server/app/records.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/desk/ideas/ideas.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/widget_keys.hpp"
#include "server/jobs/learning.hpp"
#include "server/store/agents.hpp"
#include "server/store/import_ids.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::sample {
namespace {

namespace json = boost::json;

std::string text(const json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  return value && value->is_string() ? json::value_to<std::string>(*value) : "";
}
bool is_set(const json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}
Instant instant(const json::object& line, std::string_view key) {
  return parse_rfc3339(text(line, key)).value();
}

class Filling {
 public:
  Filling(store::Session& sql, const search::Suggester& suggester) : sql_(sql), suggester_(suggester) {
    desk::signing_key(sql);  // made before anybody is served: it tells who is in the control group
    const auto ana = store::find_agent(sql, "ana@studio.example").value();
    ana_ = desk::Actor::of(ana.id, ana.role);
  }

  void take(const json::object& line) {
    const std::string type = text(line, "type");
    if (type == "site") site(line);
    if (type == "idea") idea(line);
    if (type == "visit") visit(line);
  }

 private:
  void site(const json::object& line) {
    const auto origins = json::value_to<std::vector<std::string>>(line.at("origins"));
    desk::add_widget_key(sql_, ana_, {.name = text(line, "name"), .origins = origins, .brand = {}}, SystemClock().now())
        .value();
  }

  void idea(const json::object& line) {
    const Instant at = instant(line, "at"), moved_at = instant(line, "moved_at");
    const std::string locale = text(line, "locale");
    const IdeaId id = desk::post_idea(sql_, ana_, {text(line, "title"), text(line, "text"), locale}, at).value();
    for (const auto& address : line.at("votes").as_array()) {
      store::Voter voter = desk::find_or_add_voter(sql_, json::value_to<std::string>(address), locale, at);
      if (!voter.confirmed_at) voter.confirmed_at = at;  // she followed the link mailed to her
      store::save_voter(sql_, voter);
      desk::vote(sql_, voter, id, at).value();
    }
    const IdeaState state = parse<IdeaState>(text(line, "state")).value();
    const std::string reason = text(line, "reason"), answer = text(line, "answer");
    if (state != IdeaState::open)
      desk::move_idea(sql_, ana_, id, {.state = state, .reason = reason, .tells = false, .site = ""}, moved_at).value();
    if (!answer.empty())
      desk::answer_idea(sql_, ana_, id, {.text = answer, .tells = false, .site = ""}, moved_at).value();
  }

  void visit(const json::object& line) {
    desk::ListNoted noted;
    noted.visitor = text(line, "visitor");
    noted.session = text(line, "session");
    noted.channel = parse<Channel>(text(line, "channel")).value();
    noted.locale = text(line, "locale");
    noted.query = text(line, "words");
    noted.list = suggested(noted.query, noted.locale);
    noted.withheld = desk::is_withheld(sql_, noted.visitor);
    const TicketId ticket(store::find_imported(sql_, "sample", "ticket", text(line, "ticket")));
    const Instant at =
        ticket ? store::find_ticket(sql_, ticket).value().created_at - std::chrono::seconds(70) : instant(line, "at");
    const bool is_shown = !noted.list.empty() && !noted.withheld;
    // From whom the answer was kept, or for whom there was none, is not answered by it.
    if (is_set(line, "answered") && !is_shown) return;
    desk::note_list(sql_, noted, at);
    const auto note = [&](desk::DeflectionEvent event, int seconds) {
      const ArticleId article = event == desk::DeflectionEvent::sent ? ArticleId() : first_article(noted.list);
      (void)desk::note_event(sql_, noted.session, event, article, ticket, at + std::chrono::seconds(seconds));
    };
    if (is_shown && (is_set(line, "answered") || is_set(line, "looked"))) {
      note(desk::DeflectionEvent::show, 20);
      note(is_set(line, "answered") ? desk::DeflectionEvent::helpful : desk::DeflectionEvent::not_helpful, 50);
    }
    if (ticket) note(desk::DeflectionEvent::sent, 70);
  }

  static ArticleId first_article(const std::vector<desk::Suggested>& list) {
    for (const auto& one : list)
      if (one.kind == desk::SuggestedKind::article) return ArticleId(one.id);
    return {};
  }
  const std::vector<desk::Suggested>& suggested(const std::string& words, const std::string& locale) {
    const auto [found, is_new] = suggested_.try_emplace(locale + ' ' + words);
    if (is_new) found->second = desk::suggest(sql_, &suggester_, {.text = words, .locale = locale}).list;
    return found->second;
  }

  store::Session& sql_;
  const search::Suggester& suggester_;
  desk::Actor ana_;
  std::map<std::string, std::vector<desk::Suggested>> suggested_;
};

void fill(const std::filesystem::path& data) {
  const app::GlobalOptions global{.data = data, .database = "", .log_level = "warning"};
  const auto records = app::open_records(global);
  const auto index = app::index_folder(global);
  const search::Reader reader(index);
  search::Suggester suggester(reader);
  const SystemClock clock;
  jobs::Learning(*records, index, suggester, clock).learn();
  std::vector<json::object> lines;
  for (std::string line; std::getline(std::cin, line);) lines.push_back(json::parse(line).as_object());
  records->write_now([&](store::Session& sql) {
    Filling filling(sql, suggester);
    for (const json::object& line : lines) filling.take(line);
  });
}

}  // namespace
}  // namespace fifteen::sample

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: fifteen_sample DATA < LINES\n";
    return 64;
  }
  try {
    fifteen::sample::fill(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "fifteen_sample: " << error.what() << "\n";
    return 70;
  }
}
