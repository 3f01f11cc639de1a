#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/knowledge/markdown.hpp"
#include "server/http/json_out.hpp"

namespace fifteen::http {
namespace {

namespace json = boost::json;

json::array addresses_json(const std::vector<mail::Address>& addresses) {
  json::array list;
  for (const auto& [address_name, address] : addresses)
    list.push_back(json::object{{"name", address_name}, {"email", address}});
  return list;
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value() : json::value(text);
}

// A reply in its undo window is held; after that it is queued until a relay has taken or refused it.
json::value delivery_json(const std::optional<store::MailStatus>& delivery, const store::Message& message,
                          Instant now) {
  if (!delivery) return nullptr;
  using State = store::MailStatus::State;
  const bool is_waiting = delivery->state == State::waiting;
  const bool is_held = is_waiting && message.undo_until && *message.undo_until > now;
  return json::object{{"state", is_held                          ? "held"
                                : is_waiting                     ? "queued"
                                : delivery->state == State::sent ? "sent"
                                                                 : "failed"},
                      {"attempts", delivery->attempts},
                      {"next_attempt_at", is_waiting ? time_json(delivery->not_before) : json::value()},
                      {"error", text_or_null(delivery->error)}};
}

json::value rating_json(const std::optional<store::Rating>& rating) {
  if (!rating) return nullptr;
  return json::object{{"score", name(rating->score)}, {"comment", rating->comment}, {"at", time_json(rating->at)}};
}

bool is_ours(MessageKind kind) {
  return kind == MessageKind::reply || kind == MessageKind::note || kind == MessageKind::ack;
}

}  // namespace

json::object message_json(const desk::MessageView& view, Instant now) {
  const store::Message& message = view.message;
  json::array attachments;
  for (const auto& attachment : view.attachments) attachments.push_back(attachment_json(attachment));
  const bool is_undoable = message.undo_until && *message.undo_until > now && !message.undone_at;
  return {{"id", id_text(message.id)},
          {"kind", name(message.kind)},
          {"author",
           json::object{{"kind", name(message.author)},
                        {"id", message.author_id ? json::value(std::to_string(message.author_id)) : json::value()},
                        {"name", message.author_name},
                        {"email", message.author_email}}},
          {"at", time_json(message.at)},
          {"text", message.text},
          {"quoted", text_or_null(message.quoted)},
          {"html", message.has_html},
          {"rendered", is_ours(message.kind) ? json::value(desk::render_markdown(message.text)) : json::value()},
          {"to", addresses_json(message.to)},
          {"cc", addresses_json(message.cc)},
          {"attachments", std::move(attachments)},
          {"why", text_or_null(message.why)},
          {"delivery", delivery_json(view.delivery, message, now)},
          {"rating", rating_json(view.rating)},
          {"closes", message.closes},
          {"undo_until", is_undoable ? time_json(message.undo_until) : json::value()},
          {"raw_url", message.raw_sha256.empty() ? json::value()
                                                 : json::value("/api/v1/messages/" + id_text(message.id) + "/raw")}};
}

}  // namespace fifteen::http
