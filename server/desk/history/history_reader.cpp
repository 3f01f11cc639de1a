#include "server/desk/history/history_reader.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/desk/history/history_format.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/tickets/facts.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "server/store/history_rows.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

json::object data_of(const store::Event& event) {
  json::value data = json::parse(event.data);
  return data.is_object() ? std::move(data.get_object()) : json::object();
}

std::vector<std::string> texts(const json::object& data, std::string_view key) {
  std::vector<std::string> texts;
  if (const auto* list = data.if_contains(key); list && list->is_array())
    for (const json::value& text : list->get_array())
      if (text.is_string()) texts.emplace_back(text.get_string());
  return texts;
}

std::vector<std::string> written(const std::vector<mail::Address>& addresses) {
  std::vector<std::string> texts;
  for (const mail::Address& address : addresses) texts.push_back(address.address);
  std::erase(texts, "");
  return texts;
}

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return {};
  return text;
}

}  // namespace

template <class Record>
Record HistoryReader::begun(const store::Event& event) {
  Record record;
  record.at = event.at;
  record.ticket = id("ticket", event.ticket.value);
  const json::object data = data_of(event);
  if (const auto* extra = data.if_contains("extra"); extra && extra->is_object())
    for (const auto& [name, value] : extra->get_object()) record.extra.emplace(name, json::serialize(value));
  return record;
}

HistoryActor HistoryReader::actor(const store::Event& event) {
  HistoryActor actor{.kind = event.actor, .id = {}};
  if (event.actor == ActorKind::agent) actor.id = id("agent", event.actor_id);
  return actor;
}

std::optional<HistoryRecord> HistoryReader::event(EventId event_id) {
  const auto event = store::find_event(sql_, event_id);
  if (!event || !event->ticket) return {};
  if (event->kind == "tag") {
    auto tag = begun<HistoryTag>(*event);
    const json::object data = data_of(*event);
    tag.add = texts(data, "add");
    tag.remove = texts(data, "remove");
    if (tag.add.empty() && tag.remove.empty()) return {};
    return tag;
  }
  if (event->kind == "rated") {
    const store::Rating given = rating_in(*event);
    auto rating = begun<HistoryRating>(*event);
    if (given.message) rating.message = id("message", given.message.value);
    rating.score = given.score;
    rating.comment = given.comment;
    return rating;
  }
  const auto fact = to_fact(*event);
  if (!fact) return {};
  switch (fact->kind) {
    case FactKind::opened:
      return ticket(*event);
    case FactKind::message:
      return message(*event, *fact);
    case FactKind::close: {
      if (store::is_taken_back(sql_, *event)) return {};
      auto close = begun<HistoryClose>(*event);
      close.by = actor(*event);
      return close;
    }
    case FactKind::reopen: {
      auto reopen = begun<HistoryReopen>(*event);
      reopen.by = actor(*event);
      return reopen;
    }
    case FactKind::assign: {
      auto assign = begun<HistoryAssign>(*event);
      if (fact->agent) assign.to = id("agent", fact->agent.value);
      return assign;
    }
    case FactKind::spam:
    case FactKind::unspam: {
      auto spam = begun<HistorySpam>(*event);
      spam.marked = fact->kind == FactKind::spam;
      return spam;
    }
    case FactKind::merge: {
      auto merge = begun<HistoryMerge>(*event);
      merge.into = id("ticket", fact->other.value);
      return merge;
    }
    case FactKind::unmerge:
      return begun<HistoryUnmerge>(*event);
    case FactKind::split: {
      auto split = begun<HistorySplit>(*event);
      split.into = id("ticket", fact->other.value);
      for (const MessageId moved : fact->messages) split.messages.push_back(id("message", moved.value));
      return split;
    }
    case FactKind::bounced: {
      auto bounce = begun<HistoryBounce>(*event);
      bounce.message = id("message", fact->message.value);
      return bounce;
    }
    case FactKind::undo:
      if (!fact->message) return {};  // of a close: neither ever was, and the format has no line for it
      break;
  }
  auto undo = begun<HistoryUndo>(*event);
  undo.message = id("message", fact->message.value);
  return undo;
}

HistoryRecord HistoryReader::ticket(const store::Event& event) {
  const auto kept = store::find_kept_ticket(sql_, event.ticket).value();
  auto ticket = begun<HistoryTicket>(event);
  ticket.mailbox = id("mailbox", kept.mailbox.value);
  ticket.customer = id("customer", kept.customer.value);
  ticket.subject = kept.subject;
  ticket.channel = kept.channel;
  ticket.tags = texts(data_of(event), "tags");
  ticket.started_by = kept.started_by == ActorKind::agent ? ActorKind::agent : ActorKind::customer;
  return ticket;
}

HistoryRecord HistoryReader::message(const store::Event& event, const Fact& fact) {
  const auto kept = store::find_message(sql_, event.message).value();
  auto message = begun<HistoryMessage>(event);
  message.id = id("message", kept.id.value);
  message.from = actor(event);
  if (event.actor == ActorKind::customer && kept.author_id != 0 &&
      CustomerId{kept.author_id} != store::find_kept_ticket(sql_, event.ticket).value().customer)
    message.from.id = id("customer", kept.author_id);
  message.kind = fact.message_kind;
  message.close = fact.closes;
  message.body = kept.text + kept.quoted;
  message.subject = unless_empty(kept.subject);
  if (kept.has_html) message.html = unless_empty(store::html_of(sql_, kept.id));
  message.message_id = unless_empty(kept.rfc_message_id);
  message.to = written(kept.to);
  message.cc = written(kept.cc);
  for (const store::Attachment& file : store::attachments_of(sql_, kept.id))
    message.attachments.push_back({.name = file.name,
                                   .content_type = file.content_type,
                                   .bytes = store::read_blob(sql_, file.sha256).value_or("")});
  return message;
}

}  // namespace fifteen::desk
