#include "server/store/notifications.hpp"

#include <boost/json.hpp>

#include "server/domain/schedule_words.hpp"
#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

namespace json = boost::json;

constexpr std::pair<const char*, bool Channels::*> channel_words[] = {
    {"screen", &Channels::screen}, {"browser", &Channels::browser}, {"mail", &Channels::mail}};

json::array names(const std::vector<Notice>& notices) {
  json::array words;
  for (const Notice notice : notices) words.emplace_back(name(notice));
  return words;
}

std::string to_json(const NoticeChoices& choices) {
  json::object object;
  for (const auto& [word, channel] : channel_words) object[word] = names(choices.on(channel));
  json::array days;
  for (const auto day : choices.quiet.days) days.emplace_back(name(day));
  object["quiet"] = json::object{{"from", to_time_of_day(choices.quiet.from)},
                                 {"until", to_time_of_day(choices.quiet.until)},
                                 {"days", std::move(days)},
                                 {"zone", choices.quiet.zone.name()}};
  object["language"] = choices.language;
  return json::serialize(object);
}

NoticeChoices choices_from(const std::string& text) {
  const json::value value = json::parse(text);
  NoticeChoices choices;
  for (const auto& [word, channel] : channel_words)
    for (const auto& notice : value.at(word).as_array())
      if (const auto known = parse<Notice>(notice.as_string())) choices.of(*known).*channel = true;
  const json::value& quiet = value.at("quiet");
  choices.quiet.from = parse_time_of_day(quiet.at("from").as_string()).value_or(std::chrono::minutes{});
  choices.quiet.until = parse_time_of_day(quiet.at("until").as_string()).value_or(std::chrono::minutes{});
  for (const auto& day : quiet.at("days").as_array())
    if (const auto known = parse_weekday(day.as_string())) choices.quiet.days.push_back(*known);
  choices.quiet.zone = TimeZone::find(quiet.at("zone").as_string()).value_or(TimeZone());
  choices.language = value.at("language").as_string();
  return choices;
}

}  // namespace

void add_notification(Session& sql, const Notification& notification) {
  sql.add_row("notifications", {{"agent_id", notification.agent},
                                {"what", name(notification.what)},
                                {"ticket_id", notification.ticket},
                                {"by_name", clip(notification.by, 200)},
                                {"at", notification.at},
                                {"read_at", notification.read_at}});
}

std::vector<Notification> notifications_of(Session& sql, AgentId agent, std::int64_t before, int limit) {
  std::vector<Notification> list;
  // Index notifications_agent.
  for (auto& [id, what, ticket, subject, by, at, read_at] :
       sql.all<std::int64_t, std::string, TicketId, std::string, std::string, Instant, std::optional<Instant>>(
           "SELECT n.id, n.what, n.ticket_id, t.subject, n.by_name, n.at, n.read_at FROM notifications n "
           "JOIN tickets t ON t.id = n.ticket_id WHERE n.agent_id = :agent AND n.id < :before "
           "ORDER BY n.id DESC LIMIT :limit",
           {{"agent", agent}, {"before", before > 0 ? before : INT64_MAX}, {"limit", limit}}))
    list.push_back({id, agent, parse<Notice>(what).value_or(Notice::ticket), ticket, std::move(subject), std::move(by),
                    at, read_at});
  return list;
}

int unread_notifications(Session& sql, AgentId agent, int most) {
  // Index notifications_unread.
  return static_cast<int>(
      sql.all<std::int64_t>(
             "SELECT ticket_id FROM notifications WHERE agent_id = :agent AND read_at IS NULL LIMIT :most",
             {{"agent", agent}, {"most", most}})
          .size());
}

void read_notifications(Session& sql, AgentId agent, std::int64_t up_to, Instant now) {
  sql.run("UPDATE notifications SET read_at = :now WHERE agent_id = :agent AND read_at IS NULL AND id <= :up_to",
          {{"now", now}, {"agent", agent}, {"up_to", up_to}});
}

void read_notifications_of(Session& sql, AgentId agent, TicketId ticket, Instant now) {
  sql.run("UPDATE notifications SET read_at = :now WHERE agent_id = :agent AND read_at IS NULL AND ticket_id = :ticket",
          {{"now", now}, {"agent", agent}, {"ticket", ticket}});
}

std::int64_t drop_old_notifications(Session& sql, Instant before) {
  return sql.run("DELETE FROM notifications WHERE at < :before", {{"before", before}});
}

std::vector<Listener> listeners(Session& sql) {
  std::vector<Listener> people;
  for (auto& [id, name, email, choices] : sql.all<AgentId, std::string, std::string, std::optional<std::string>>(
           "SELECT a.id, a.name, a.email, c.choices_json FROM agents a LEFT JOIN notice_choices c ON c.agent_id = a.id "
           "WHERE a.active = 1 ORDER BY a.id LIMIT 1000"))
    people.push_back({id, std::move(name), std::move(email), choices ? choices_from(*choices) : default_choices()});
  return people;
}

NoticeChoices notice_choices(Session& sql, AgentId agent) {
  const auto row =
      sql.one<std::string>("SELECT choices_json FROM notice_choices WHERE agent_id = :agent", {{"agent", agent}});
  return row ? choices_from(std::get<0>(*row)) : default_choices();
}

void set_notice_choices(Session& sql, AgentId agent, const NoticeChoices& choices) {
  const std::string text = to_json(choices);
  if (sql.run("UPDATE notice_choices SET choices_json = :text WHERE agent_id = :agent",
              {{"text", text}, {"agent", agent}}))
    return;
  sql.insert_new("notice_choices (agent_id, choices_json) VALUES (:agent, :text)", {{"agent", agent}, {"text", text}});
}

}  // namespace fifteen::store
