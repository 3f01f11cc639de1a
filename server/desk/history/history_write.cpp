#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "server/base/base64.hpp"
#include "server/base/rfc3339.hpp"
#include "server/desk/history/history_format.hpp"
#include "server/domain/schedule_words.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

// Builds a line: keys stand in the order of their calls, what is absent is left out.
class Line {
 public:
  explicit Line(std::string_view type) { put("type", type); }

  template <class Value>
  Line& put(std::string_view key, const Value& value) {
    if constexpr (std::is_convertible_v<const Value&, std::string_view>)
      object_[key] = std::string_view(value);
    else
      object_[key] = value;
    return *this;
  }
  Line& put(std::string_view key, Instant t) { return put(key, to_rfc3339(t)); }
  Line& put(std::string_view key, const HistoryActor& actor) {
    return put(key, std::string(fifteen::name(actor.kind)) + (actor.id.empty() ? "" : ":" + actor.id));
  }
  Line& put(std::string_view key, const Traits& traits) {
    json::object object;
    for (const auto& [name, value] : traits) object[name] = json::parse(value);
    return put(key, object);
  }
  Line& put(std::string_view key, const std::vector<std::string>& texts) {
    json::array array;
    for (const std::string& text : texts) array.emplace_back(text);
    return put(key, array);
  }
  template <class Value>
  Line& maybe(std::string_view key, const std::optional<Value>& value) {
    return value ? put(key, *value) : *this;
  }
  template <class List>
  Line& unless_empty(std::string_view key, const List& list) {
    return list.empty() ? *this : put(key, list);
  }
  Line& event(const HistoryEvent& event) { return put("ticket", event.ticket).put("at", event.at); }
  std::string with(const Traits& extra) {
    for (const auto& [name, value] : extra) object_[name] = json::parse(value);
    return json::serialize(object_);
  }

 private:
  json::object object_;
};

std::string write(const HistorySchedule& schedule) {
  json::array weekly, holidays;
  for (const WeeklySpan& span : schedule.weekly)
    weekly.push_back(
        {{"day", fifteen::name(span.day)}, {"start", to_time_of_day(span.start)}, {"end", to_time_of_day(span.end)}});
  for (const auto day : schedule.holidays) holidays.emplace_back(to_date(day));
  return Line("schedule")
      .put("id", schedule.id)
      .put("zone", schedule.zone.name())
      .maybe("from", schedule.from)
      .put("weekly", weekly)
      .put("holidays", holidays)
      .with(schedule.extra);
}

std::string write(const HistoryMailbox& mailbox) {
  Line line("mailbox");
  line.put("id", mailbox.id)
      .maybe("address", mailbox.address)
      .maybe("name", mailbox.name)
      .maybe("target_seconds", mailbox.target_seconds);
  if (mailbox.schedule && mailbox.schedule->empty())
    line.put("schedule", nullptr);
  else
    line.maybe("schedule", mailbox.schedule);
  return line.maybe("from", mailbox.from).with(mailbox.extra);
}

std::string write(const HistoryTarget& target) {
  return Line("target")
      .maybe("from", target.from)
      .maybe("until", target.until)
      .maybe("mailbox", target.mailbox)
      .put("when", target.when)
      .put("target_seconds", target.target_seconds)
      .with(target.extra);
}

std::string write(const HistoryAgent& agent) {
  return Line("agent")
      .put("id", agent.id)
      .put("email", agent.email)
      .put("name", agent.name)
      .put("role", fifteen::name(agent.role))
      .with(agent.extra);
}

std::string write(const HistoryCustomer& customer) {
  return Line("customer")
      .put("id", customer.id)
      .maybe("email", customer.email)
      .maybe("name", customer.name)
      .put("traits", customer.traits)
      .with({});
}

std::string write(const HistoryArticle& article) {
  return Line("article")
      .put("id", article.id)
      .put("title", article.title)
      .put("body", article.body)
      .put("locale", article.locale)
      .put("published", article.published)
      .with(article.extra);
}

std::string write(const HistoryTicket& ticket) {
  return Line("ticket")
      .put("id", ticket.ticket)
      .put("at", ticket.at)
      .put("mailbox", ticket.mailbox)
      .put("customer", ticket.customer)
      .put("subject", ticket.subject)
      .put("channel", fifteen::name(ticket.channel))
      .put("tags", ticket.tags)
      .put("started_by", fifteen::name(ticket.started_by))
      .with(ticket.extra);
}

std::string write(const HistoryMessage& message) {
  Line line("message");
  line.maybe("id", message.id)
      .event(message)
      .put("from", message.from)
      .put("kind", fifteen::name(message.kind))
      .put("body", message.body);
  if (message.close) line.put("close", true);
  line.maybe("subject", message.subject)
      .maybe("html", message.html)
      .maybe("message_id", message.message_id)
      .unless_empty("to", message.to)
      .unless_empty("cc", message.cc);
  json::array attachments;
  for (const HistoryAttachment& attachment : message.attachments)
    attachments.push_back(
        {{"name", attachment.name}, {"content_type", attachment.content_type}, {"content", base64(attachment.bytes)}});
  return line.unless_empty("attachments", attachments).with(message.extra);
}

std::string write(const HistoryClose& close) {
  return Line("close").event(close).put("by", close.by).with(close.extra);
}

std::string write(const HistoryReopen& reopen) {
  return Line("reopen").event(reopen).put("by", reopen.by).with(reopen.extra);
}

std::string write(const HistoryAssign& assign) {
  Line line("assign");
  line.event(assign);
  if (assign.to)
    line.put("to", HistoryActor{ActorKind::agent, *assign.to});
  else
    line.put("to", nullptr);
  return line.with(assign.extra);
}

std::string write(const HistoryTag& tag) {
  return Line("tag").event(tag).put("add", tag.add).put("remove", tag.remove).with(tag.extra);
}

std::string write(const HistorySpam& spam) {
  return Line(spam.marked ? "spam" : "unspam").event(spam).with(spam.extra);
}
std::string write(const HistoryMerge& merge) {
  return Line("merge").event(merge).put("into", merge.into).with(merge.extra);
}
std::string write(const HistoryUnmerge& unmerge) {
  return Line("unmerge").event(unmerge).with(unmerge.extra);
}

std::string write(const HistorySplit& split) {
  return Line("split").event(split).put("into", split.into).put("messages", split.messages).with(split.extra);
}

std::string write(const HistoryBounce& bounce) {
  return Line("bounced").event(bounce).put("message", bounce.message).with(bounce.extra);
}

std::string write(const HistoryUndo& undo) {
  return Line("undo").event(undo).put("message", undo.message).with(undo.extra);
}

std::string write(const HistoryRating& rating) {
  return Line("rating")
      .event(rating)
      .maybe("message", rating.message)
      .put("score", name(rating.score))
      .put("comment", rating.comment)
      .with(rating.extra);
}

}  // namespace

std::string to_history_line(const HistoryRecord& record) {
  return std::visit([](const auto& line) { return write(line); }, record);
}

const HistoryEvent* event_of(const HistoryRecord& record) {
  return std::visit(
      [](const auto& line) -> const HistoryEvent* {
        if constexpr (std::is_base_of_v<HistoryEvent, std::decay_t<decltype(line)>>)
          return &line;
        else
          return nullptr;
      },
      record);
}

}  // namespace fifteen::desk
