#include "server/base/base64.hpp"
#include "server/desk/history/history_format.hpp"
#include "server/desk/history/history_readers.hpp"

namespace fifteen::desk {
namespace {

void read_event(HistoryFields& fields, HistoryEvent& event) {
  event.ticket = fields.id("ticket");
  event.at = fields.instant("at");
}

std::vector<HistoryAttachment> read_attachments(HistoryFields& fields) {
  std::vector<HistoryAttachment> attachments;
  for (const boost::json::object* item :
       fields.objects("attachments", "{\"name\":…,\"content_type\":…,\"content\":BASE64}")) {
    HistoryFields entry(*item);
    auto bytes = decode_base64(entry.text("content"));
    if (!bytes) fields.complain("attachments", "has a \"content\" that is not base64");
    attachments.push_back({.name = entry.text("name"),
                           .content_type = entry.text("content_type"),
                           .bytes = std::move(bytes).value_or(std::string())});
    if (!entry.complaint().empty()) fields.complain("attachments", "has an entry whose " + entry.complaint());
  }
  return attachments;
}

template <class Record>
Record read_by(HistoryFields& fields) {
  Record record;
  read_event(fields, record);
  record.by = fields.actor("by");
  return record;
}

template <class Record>
HistoryRecord read_about_message(HistoryFields& fields) {
  Record record;
  read_event(fields, record);
  record.message = fields.id("message");
  record.extra = fields.rest();
  return record;
}

HistoryRecord read_mark(HistoryFields& fields, bool marked) {
  HistorySpam spam;
  read_event(fields, spam);
  spam.marked = marked;
  spam.extra = fields.rest();
  return spam;
}

}  // namespace

HistoryRecord read_ticket(HistoryFields& fields) {
  HistoryTicket ticket;
  ticket.ticket = fields.id("id");
  ticket.at = fields.instant("at");
  ticket.mailbox = fields.id("mailbox");
  ticket.customer = fields.id("customer");
  ticket.subject = fields.text("subject");
  ticket.channel = fields.word<Channel>("channel", Channel::email, "email form widget api phone");
  ticket.tags = fields.texts("tags");
  ticket.started_by = fields.word<ActorKind>("started_by", ActorKind::customer, "customer agent");
  if (ticket.started_by != ActorKind::customer && ticket.started_by != ActorKind::agent)
    fields.complain("started_by", "is not one of: customer agent");
  ticket.extra = fields.rest();
  return ticket;
}

HistoryRecord read_message(HistoryFields& fields) {
  HistoryMessage message;
  read_event(fields, message);
  message.id = fields.optional_id("id");
  message.from = fields.actor("from");
  message.kind =
      fields.word<MessageKind>("kind", MessageKind::message, "message auto bounce spam rating reply note ack", true);
  message.body = fields.text("body");
  message.close = fields.flag("close", false);
  message.subject = fields.optional_text("subject");
  message.html = fields.optional_text("html");
  message.message_id = fields.optional_text("message_id");
  message.to = fields.texts("to");
  message.cc = fields.texts("cc");
  message.attachments = read_attachments(fields);
  const bool is_ours = message.from.kind == ActorKind::agent || message.from.kind == ActorKind::system;
  const bool is_our_kind =
      message.kind == MessageKind::reply || message.kind == MessageKind::note || message.kind == MessageKind::ack;
  if (is_ours != is_our_kind)
    fields.complain(
        "kind", is_ours
                    ? "does not fit \"from\": an agent's or the system's is reply, note or ack"
                    : "does not fit \"from\": a customer's or third party's is message, auto, bounce, spam or rating");
  message.extra = fields.rest();
  return message;
}

HistoryRecord read_close(HistoryFields& fields) {
  auto close = read_by<HistoryClose>(fields);
  if (close.by.kind == ActorKind::third_party) fields.complain("by", "is not one of: agent:ID customer system");
  close.extra = fields.rest();
  return close;
}

HistoryRecord read_reopen(HistoryFields& fields) {
  auto reopen = read_by<HistoryReopen>(fields);
  if (reopen.by.kind != ActorKind::agent && reopen.by.kind != ActorKind::system)
    fields.complain("by", "is not agent:ID: a customer reopens by writing");
  reopen.extra = fields.rest();
  return reopen;
}

HistoryRecord read_assign(HistoryFields& fields) {
  HistoryAssign assign;
  read_event(fields, assign);
  if (fields.has("to")) {
    const HistoryActor to = fields.actor("to");
    if (to.kind != ActorKind::agent) fields.complain("to", "is neither agent:ID nor null");
    assign.to = to.id;
  }
  assign.extra = fields.rest();
  return assign;
}

HistoryRecord read_tag(HistoryFields& fields) {
  HistoryTag tag;
  read_event(fields, tag);
  tag.add = fields.texts("add");
  tag.remove = fields.texts("remove");
  if (tag.add.empty() && tag.remove.empty()) fields.complain("add", "and \"remove\" are both empty: name a tag");
  tag.extra = fields.rest();
  return tag;
}

HistoryRecord read_spam(HistoryFields& fields) {
  return read_mark(fields, true);
}
HistoryRecord read_unspam(HistoryFields& fields) {
  return read_mark(fields, false);
}

HistoryRecord read_merge(HistoryFields& fields) {
  HistoryMerge merge;
  read_event(fields, merge);
  merge.into = fields.id("into");
  if (merge.into == merge.ticket) fields.complain("into", "is the ticket itself");
  merge.extra = fields.rest();
  return merge;
}

HistoryRecord read_unmerge(HistoryFields& fields) {
  HistoryUnmerge unmerge;
  read_event(fields, unmerge);
  fields.optional_id("into");
  unmerge.extra = fields.rest();
  return unmerge;
}

HistoryRecord read_split(HistoryFields& fields) {
  HistorySplit split;
  read_event(fields, split);
  split.into = fields.id("into");
  split.messages = fields.texts("messages");
  if (split.into == split.ticket) fields.complain("into", "is the ticket itself");
  if (split.messages.empty()) fields.complain("messages", "is empty: name the messages that move");
  split.extra = fields.rest();
  return split;
}

HistoryRecord read_bounced(HistoryFields& fields) {
  return read_about_message<HistoryBounce>(fields);
}
HistoryRecord read_undo(HistoryFields& fields) {
  return read_about_message<HistoryUndo>(fields);
}

HistoryRecord read_rating(HistoryFields& fields) {
  HistoryRating rating;
  read_event(fields, rating);
  rating.message = fields.optional_id("message");
  rating.score = fields.word<Score>("score", Score::good, "kudos good bad", true);
  rating.comment = fields.text("comment");
  rating.extra = fields.rest();
  return rating;
}

}  // namespace fifteen::desk
