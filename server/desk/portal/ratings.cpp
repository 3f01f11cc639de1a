#include "server/desk/portal/ratings.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/desk/knowledge/markdown.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/domain/fact.hpp"
#include "server/store/customers.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

constexpr std::string_view event_kind = "rated";

// The answer may have moved to another ticket since it bounced.
bool came_back(store::Session& sql, const store::Message& answer) {
  const auto ticket = store::find_ticket(sql, answer.ticket);
  const auto events =
      ticket && ticket->family ? store::events_of_family(sql, ticket->family) : store::events_of(sql, answer.ticket);
  return std::ranges::any_of(events, [&](const store::Event& event) {
    return event.message == answer.id && event.kind == name(FactKind::bounced);
  });
}

std::string customer_of(store::Session& sql, const RatedAnswer& answer) {
  const auto ticket = store::find_ticket(sql, answer.ticket);
  const auto customer = ticket ? store::find_customer(sql, ticket->customer) : std::nullopt;
  if (!customer) return {};
  return customer->name.empty() ? customer->email : customer->name;
}

bool is_answer(const store::Message& message) {
  return message.kind == MessageKind::reply && message.author == ActorKind::agent;
}

std::string text_in(const json::object& data, std::string_view key) {
  const auto* text = data.if_contains(key);
  return text && text->is_string() ? std::string(text->get_string()) : std::string();
}

}  // namespace

RatingLinks rating_links(const Key& key, MessageId answer, std::string_view language, std::string_view site) {
  const std::string ask = mail_text(language, "mail.rate");
  const std::string url = std::string(site) + "/rate/" + sign_rating(key, answer) + "/";
  std::string text = ask + "\n", links;
  for (const char* choice : {"1", "2", "3"}) {
    const std::string said = mail_text(language, std::string("mail.rate_") + choice);
    text += said + ": " + url + choice + "\n";
    links += (links.empty() ? "" : " · ") + ("[" + said + "](<" + url + choice + ">)");
  }
  return {text, "<div style=\"font-size:85%\">" + render_markdown(ask + "\n" + links) + "</div>\n"};
}

result<RatedAnswer> answer_to_rate(store::Session& sql, std::string_view token, Instant now) {
  const auto key = known_signing_key(sql);
  const auto link = key ? verify_rating(*key, token) : std::nullopt;
  const auto answer = link ? store::find_message(sql, link->message) : std::nullopt;
  if (!answer || !is_answer(*answer) || answer->undone_at || came_back(sql, *answer) ||
      !store::find_ticket_of(sql, answer->id))
    return errc::not_found;
  if (now - link->given_at.value_or(answer->at) >= rating_link_lasts) return errc::expired;
  return RatedAnswer{answer->id, answer->ticket, AgentId(answer->author_id), answer->author_name,
                     store::rating_of(sql, answer->id)};
}

result<void> rate(store::Session& sql, std::string_view token, Score score, const std::string& comment, Instant now) {
  const auto answer = answer_to_rate(sql, token, now);
  if (!answer) return answer.error();
  if (answer->rating && answer->rating->score == score && answer->rating->comment == comment) return {};
  const store::Rating rating{
      .ticket = answer->ticket, .message = answer->message, .at = now, .score = score, .comment = comment};
  store::keep_rating(sql, rating);
  store::add_event(sql, to_event(rating));
  if (const auto ticket = store::find_ticket(sql, answer->ticket))
    WebhookQueue(sql, now).tell("rating.given", *ticket,
                                {{"message", std::to_string(answer->message.value)},
                                 {"agent", std::to_string(answer->agent.value)},
                                 {"score", name(score)},
                                 {"comment", comment}});
  const bool is_news = !answer->rating || answer->rating->score != Score::kudos;
  if (score == Score::kudos && is_news)
    notify_kudos(sql, answer->ticket, answer->agent, customer_of(sql, *answer), now);
  return {};
}

bool may_see_ratings_of(const Actor& reader, AgentId agent) {
  return reader.kind == ActorKind::system || reader.role != Role::agent || (agent && reader.agent == agent);
}

result<RatingPage> list_ratings(store::Session& sql, const Actor& reader, const store::RatingList& list, int limit) {
  if (!may_see_ratings_of(reader, list.agent)) return errc::forbidden;
  limit = std::clamp(limit, 1, 100);
  RatingPage page{.ratings = store::list_ratings(sql, list, limit + 1), .next = {}};
  if (static_cast<int>(page.ratings.size()) > limit) {
    page.ratings.pop_back();
    const store::Rating& last = page.ratings.back().rating;
    page.next = store::RatingPlace{last.at, last.id};
  }
  return page;
}

store::Event to_event(const store::Rating& rating) {
  return {.at = rating.at,
          .kind = std::string(event_kind),
          .ticket = rating.ticket,
          .message = rating.message,
          .actor = ActorKind::customer,
          .data = json::serialize(json::object{{"score", name(rating.score)}, {"comment", rating.comment}})};
}

store::Rating rating_in(const store::Event& event) {
  const json::object data = json::parse(event.data).as_object();
  return {.ticket = event.ticket,
          .message = event.message,
          .at = event.at,
          .score = parse<Score>(text_in(data, "score")).value_or(Score::good),
          .comment = text_in(data, "comment")};
}

}  // namespace fifteen::desk
