#include <algorithm>
#include <expected>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "server/desk/knowledge/markdown_tree.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/portal/widget_keys.hpp"
#include "server/http/auth.hpp"
#include "server/http/json_out.hpp"
#include "server/http/limits.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/http/widget_door.hpp"
#include "server/http/widget_fields.hpp"

// A question followed in the widget. Its link is the proof, as it is on the question's own page: no key is asked for.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::size_t most_questions = 20;

// A link that was never given is one that ended.
Reply dead_link() {
  return problem(errc::expired, "This link has ended.");
}

bool is_dead(error_code why) {
  return why == make_error_code(errc::not_found) || why == make_error_code(errc::expired);
}

json::array tree_of(const desk::PublicMessage& message) {
  return message.from == desk::PublicAuthor::customer ? json::array{message.text} : desk::markdown_tree(message.text);
}

json::object message_json(const desk::PublicMessage& message, const std::string& token) {
  constexpr const char* authors[] = {"customer", "agent", "system"};
  json::array files;
  for (const auto& file : message.attachments)
    files.push_back(json::object{{"name", file.name}, {"url", "/q/" + token + "/files/" + id_text(file.id)}});
  return {{"id", id_text(message.id)},   {"from", authors[static_cast<std::size_t>(message.from)]},
          {"own", message.is_own},       {"name", message.name},
          {"at", time_json(message.at)}, {"body", tree_of(message)},
          {"files", std::move(files)}};
}

std::int64_t answers_in(const desk::PublicTicket& ticket) {
  return std::ranges::count(ticket.messages, desk::PublicAuthor::agent, &desk::PublicMessage::from);
}

// The links of what a site's customer asked before: by the widget, signed for; and all that she asked, where the site's
// server said which customer of ours she is.
std::vector<std::string> links_of(store::Session& sql, const std::string& external_id, Instant now) {
  std::vector<std::string> links;
  const auto key = desk::known_signing_key(sql);
  if (!key) return links;
  for (const TicketId ticket : desk::questions_of(sql, external_id, most_questions))
    for (const auto& [address, part] : store::participants_of(sql, ticket))
      if (part == store::Part::requester) links.push_back(desk::sign_ticket_link(*key, ticket, address, now));
  return links;
}

// Runs `act` for who holds the link, and answers nothing.
template <class Act>
Reply by_link(store::Session& sql, const Call& call, Act act) {
  const auto holder = desk::holder_of_link(sql, call.parameter(), call.now);
  if (!holder || holder->is_expired) return dead_link();
  const std::expected<result<void>, Reply> done = act();
  if (!done) return done.error();
  if (*done || done->error() == make_error_code(errc::already_done)) return no_content();
  return problem(done->error(), errc::invalid, "This can't be taken as it is.");
}

}  // namespace

// Where one's questions stand: those whose links the browser has and, for whom the site has signed, hers from anywhere.
Reply list_own_questions(store::Session& sql, const Call& call) {
  if (!admits(call.setup.public_figures, call)) return retry_after(problem(errc::too_many), 1);
  Fields fields = Fields::of(call.request, plain_text);
  std::vector<std::string> tokens = fields.texts("tokens", most_questions, 200);
  const auto identity = read_identity(fields);
  const auto key = widget_key_of(sql, call, fields);
  if (!key) return key.error();
  if (desk::is_signed(*key, identity.id, identity.signature, call.now))
    for (auto& token : links_of(sql, identity.id, call.now)) tokens.push_back(std::move(token));
  std::vector<TicketId> listed;
  json::array items;
  for (const std::string& token : tokens) {
    const auto ticket = desk::open_public_ticket(sql, token, call.now);
    if (!ticket || std::ranges::find(listed, ticket->ticket) != listed.end()) continue;
    listed.push_back(ticket->ticket);
    items.push_back(json::object{{"token", token},
                                 {"subject", ticket->subject},
                                 {"state", name(ticket->state)},
                                 {"waiting", ticket->waiting_since.has_value()},
                                 {"answers", answers_in(*ticket)}});
  }
  return ok(list_json(std::move(items)));
}

Reply read_own_question(store::Session& sql, const Call& call) {
  if (!admits(call.setup.public_figures, call)) return retry_after(problem(errc::too_many), 1);
  const auto ticket = desk::open_public_ticket(sql, call.parameter(), call.now);
  if (!ticket) return is_dead(ticket.error()) ? dead_link() : problem(ticket.error());
  json::array messages;
  for (const auto& message : ticket->messages) messages.push_back(message_json(message, call.parameter()));
  const auto rating = ticket->answer ? ticket->answer->rating : std::nullopt;
  return ok({{"subject", ticket->subject},
             {"state", name(ticket->state)},
             {"waiting_since", time_json(ticket->waiting_since)},
             {"can_rate", ticket->answer.has_value()},
             {"rating", rating ? json::value(name(rating->score)) : json::value()},
             {"messages", std::move(messages)},
             {"stamp", desk::public_stamp(sql, ticket->ticket, call.now).word}});
}

Reply reply_to_own_question(store::Session& sql, const Call& call) {
  return by_link(sql, call, [&]() -> std::expected<result<void>, Reply> {
    Fields fields = Fields::of(call.request, plain_text);
    const std::string text = fields.need_text("text", 20'000);
    const SentFiles sent = read_files(fields);
    if (!fields.are_fine()) return std::unexpected(fields.problem());
    if (!may_send(sql, call)) return std::unexpected(sent_too_often());
    const auto files = desk::keep_public_files(sql, sent.files, call.now);
    if (!files) return files.error();
    const auto written = desk::reply_by_link(sql, call.parameter(), text, *files, call.now);
    if (!written) return written.error();
    return {};
  });
}

Reply solve_own_question(store::Session& sql, const Call& call) {
  return by_link(sql, call, [&]() -> std::expected<result<void>, Reply> {
    if (!may_send(sql, call)) return std::unexpected(sent_too_often());
    return desk::solve_by_link(sql, call.parameter(), call.now);
  });
}

Reply rate_own_question(store::Session& sql, const Call& call) {
  return by_link(sql, call, [&]() -> std::expected<result<void>, Reply> {
    Fields fields = Fields::of(call.request, plain_text);
    const auto score = parse<Score>(fields.need_text("score", 10));
    if (!score) fields.complain("score", "This is kudos, good or bad.");
    const std::string comment = fields.text("comment", desk::longest_comment).value_or("");
    if (!fields.are_fine()) return std::unexpected(fields.problem());
    const auto ticket = desk::open_public_ticket(sql, call.parameter(), call.now);
    if (!ticket) return ticket.error();
    if (!ticket->answer) return errc::invalid;
    const std::string answer = desk::sign_rating(desk::signing_key(sql), ticket->answer->message);
    return desk::rate(sql, answer, *score, comment, call.now);
  });
}

}  // namespace fifteen::http::routes
