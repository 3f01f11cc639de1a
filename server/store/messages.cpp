#include "server/store/messages.hpp"

#include "server/base/random.hpp"
#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

using Row =
    std::tuple<MessageId, TicketId, std::string, std::string, std::optional<std::int64_t>, std::string, std::string,
               Instant, std::string, std::string, std::string, std::string, std::optional<std::string>, std::string,
               bool, std::optional<Instant>, std::optional<Instant>, std::int64_t, bool, std::string, std::string>;

Message from_row(Row& row) {
  auto& [id, ticket, kind, author, author_id, author_name, author_email, at, subject, to, cc, rfc_message_id, raw, why,
         closes, undone_at, undo_until, ticket_version, has_html, text, quoted] = row;
  Message m;
  m.id = id;
  m.ticket = ticket;
  m.kind = parse<MessageKind>(kind).value_or(MessageKind::note);
  m.author = parse<ActorKind>(author).value_or(ActorKind::system);
  m.author_id = author_id.value_or(0);
  m.author_name = std::move(author_name);
  m.author_email = std::move(author_email);
  m.at = at;
  m.subject = std::move(subject);
  m.to = addresses_from_json(to);
  m.cc = addresses_from_json(cc);
  m.rfc_message_id = std::move(rfc_message_id);
  m.raw_sha256 = std::move(raw).value_or("");
  m.why = std::move(why);
  m.closes = closes;
  m.undone_at = undone_at;
  m.undo_until = undo_until;
  m.ticket_version = ticket_version;
  m.has_html = has_html;
  m.text = std::move(text);
  m.quoted = std::move(quoted);
  return m;
}

template <class... Columns>
std::vector<Message> select(Session& sql, std::tuple<Columns...>*, const char* where,
                            std::initializer_list<Bind> binds) {
  auto rows = sql.all<Columns...>(
      std::string("SELECT id, ticket_id, kind, author_kind, author_id, author_name, author_email, at, subject, "
                  "to_json, cc_json, rfc_message_id, raw_sha256, why, closes, undone_at, undo_until, ticket_version, "
                  "has_html, text, "
                  "quoted FROM messages WHERE ") +
          where,
      binds);
  std::vector<Message> messages;
  messages.reserve(rows.size());
  for (auto& row : rows) messages.push_back(from_row(row));
  return messages;
}

std::vector<Message> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  return select(sql, static_cast<Row*>(nullptr), where, binds);
}

std::optional<Message> first(std::vector<Message> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return {};
  return text;
}

std::string rfc_id_hash(std::string_view rfc_message_id) {
  return rfc_message_id.empty() ? "" : sha256_hex(rfc_message_id).substr(0, 32);
}

// A statement must stay below MariaDB's max_allowed_packet of 16 MiB; the raw mail is kept whole in blobs.
constexpr std::size_t longest_text = 2u << 20;

}  // namespace

MessageId add_message(Session& sql, const Message& m, std::string_view html) {
  return MessageId(sql.insert(
      "INSERT INTO messages (ticket_id, kind, author_kind, author_id, author_name, author_email, at, subject, "
      "to_json, cc_json, rfc_message_id, rfc_id_hash, raw_sha256, content_key, why, closes, undo_until, "
      "ticket_version, has_html, "
      "text, quoted, html) VALUES (:ticket, :kind, :author, :author_id, :author_name, :author_email, :at, :subject, "
      ":to, :cc, :rfc_id, :rfc_hash, :raw, :content_key, :why, :closes, :undo_until, :ticket_version, :has_html, "
      ":text, :quoted, "
      ":html)",
      {{"ticket", m.ticket},
       {"kind", name(m.kind)},
       {"author", name(m.author)},
       {"author_id", m.author_id ? std::optional(m.author_id) : std::nullopt},
       {"author_name", clip(m.author_name, 200)},
       {"author_email", clip(m.author_email, 254)},
       {"at", m.at},
       {"subject", clip(m.subject, 500)},
       {"to", to_json(m.to)},
       {"cc", to_json(m.cc)},
       {"rfc_id", clip(m.rfc_message_id, 998)},
       {"rfc_hash", unless_empty(rfc_id_hash(m.rfc_message_id))},
       {"raw", unless_empty(m.raw_sha256)},
       {"content_key", unless_empty(m.content_key)},
       {"why", clip(m.why, 300)},
       {"closes", m.closes},
       {"undo_until", m.undo_until},
       {"ticket_version", m.ticket_version},
       {"has_html", !html.empty()},
       {"text", clip(m.text, longest_text)},
       {"quoted", clip(m.quoted, longest_text)},
       {"html", clip(html, longest_text)}}));
}

std::optional<Message> find_message(Session& sql, MessageId id) {
  return first(select(sql, "id = :id", {{"id", id.value}}));
}

std::string html_of(Session& sql, MessageId id) {
  auto row = sql.one<std::string>("SELECT html FROM messages WHERE id = :id", {{"id", id.value}});
  return row ? std::move(std::get<0>(*row)) : std::string();
}

std::vector<Message> messages_of(Session& sql, TicketId ticket, MessagePlace after, int limit) {
  // The range on `at` alone is what both planners read from the index messages_ticket; ties are settled within it.
  return select(sql,
                "ticket_id = :ticket AND at >= :at AND (at > :at OR id > :id) AND undone_at IS NULL "
                "ORDER BY at, id LIMIT :limit",
                {{"ticket", ticket.value}, {"at", after.at}, {"id", after.id.value}, {"limit", limit}});
}

std::vector<Message> last_messages(Session& sql, TicketId ticket, int limit) {
  return select(sql, "ticket_id = :ticket AND undone_at IS NULL ORDER BY at DESC, id DESC LIMIT :limit",
                {{"ticket", ticket.value}, {"limit", limit}});
}

std::vector<MessageId> message_ids(Session& sql, TicketId ticket, int limit) {
  std::vector<MessageId> ids;
  for (const auto& [id] :
       sql.all<MessageId>("SELECT id FROM messages WHERE ticket_id = :ticket ORDER BY at, id LIMIT :limit",
                          {{"ticket", ticket}, {"limit", limit}}))
    ids.push_back(id);
  return ids;
}

std::vector<Message> messages_since(Session& sql, TicketId ticket, std::int64_t version, int limit) {
  return select(sql,
                "ticket_id = :ticket AND ticket_version > :version AND undone_at IS NULL ORDER BY at, id LIMIT :limit",
                {{"ticket", ticket.value}, {"version", version}, {"limit", limit}});
}

std::optional<Message> find_by_rfc_id(Session& sql, std::string_view rfc_message_id) {
  // Index messages_rfc_id. A copied Message-ID can't take over the older message's place.
  return first(select(sql, "rfc_id_hash = :hash AND rfc_message_id = :id ORDER BY id LIMIT 1",
                      {{"hash", rfc_id_hash(rfc_message_id)}, {"id", rfc_message_id}}));
}

std::unordered_map<std::string, KeptMail> kept_mails(Session& sql, const std::vector<std::string>& content_keys) {
  std::unordered_map<std::string, KeptMail> kept;
  for (auto& [key, ticket, message] : sql.all_of<std::string, TicketId, MessageId>(
           "SELECT content_key, ticket_id, id FROM messages WHERE content_key IN {values}", content_keys))
    kept.emplace(std::move(key), KeptMail{ticket, message});
  return kept;
}

void set_rfc_id(Session& sql, MessageId id, std::string_view rfc_message_id) {
  sql.run("UPDATE messages SET rfc_message_id = :rfc_id, rfc_id_hash = :hash WHERE id = :id",
          {{"rfc_id", rfc_message_id}, {"hash", rfc_id_hash(rfc_message_id)}, {"id", id}});
}

void set_undone(Session& sql, MessageId id, Instant at) {
  sql.run("UPDATE messages SET undone_at = :at WHERE id = :id", {{"at", at}, {"id", id}});
}

void move_message(Session& sql, MessageId id, TicketId to) {
  sql.run("UPDATE messages SET ticket_id = :ticket WHERE id = :id", {{"ticket", to}, {"id", id}});
}

std::optional<Instant> last_customer_message_at(Session& sql, TicketId ticket) {
  const auto row = sql.one<Instant>(
      "SELECT at FROM messages WHERE ticket_id = :ticket AND author_kind = 'customer' ORDER BY at DESC, id DESC "
      "LIMIT 1",
      {{"ticket", ticket}});
  if (!row) return {};
  return std::get<0>(*row);
}

}  // namespace fifteen::store
