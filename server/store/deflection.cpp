#include "server/store/deflection.hpp"

#include <unordered_map>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/store/dialect.hpp"

namespace fifteen::store {
namespace {

namespace json = boost::json;

constexpr std::string_view columns =
    "d.id, d.session, d.visitor, d.channel, d.brand_id, d.locale, d.started_at, d.last_at, d.listed_at, d.shown, "
    "d.acts, "
    "d.is_wanting, d.sent_at, d.ticket_id, d.version, d.query, d.list_json";
using Row = std::tuple<std::int64_t, std::string, std::string, std::string, std::int64_t, std::string, Instant, Instant,
                       std::optional<Instant>, int, int, bool, std::optional<Instant>, TicketId, std::int64_t,
                       std::string, std::optional<std::string>>;

std::string to_json(const std::vector<ListedAnswer>& answers) {
  json::array list;
  for (const auto& answer : answers) list.push_back(json::array{answer.is_idea ? 1 : 0, answer.id, answer.score});
  return json::serialize(list);
}

std::vector<ListedAnswer> answers_from(const std::string& text) {
  std::vector<ListedAnswer> answers;
  const json::value list = json::parse(text);
  for (const json::value& value : list.as_array()) {
    const json::array& answer = value.as_array();
    answers.push_back(
        {answer.at(0).to_number<int>() == 1, answer.at(1).to_number<std::int64_t>(), answer.at(2).to_number<double>()});
  }
  return answers;
}

QuestionDraft from_row(Row& row) {
  auto& [id, session, visitor, channel, brand, locale, started_at, last_at, listed_at, shown, acts, is_wanting, sent_at,
         ticket, version, query, list] = row;
  return {.id = id,
          .session = std::move(session),
          .visitor = std::move(visitor),
          .channel = parse<Channel>(channel).value_or(Channel::form),
          .brand = brand,
          .locale = std::move(locale),
          .started_at = started_at,
          .last_at = last_at,
          .listed_at = listed_at,
          .shown = static_cast<Shown>(shown),
          .acts = acts,
          .is_wanting = is_wanting,
          .sent_at = sent_at,
          .ticket = ticket,
          .version = version,
          .query = std::move(query),
          .answers = list ? std::optional(answers_from(*list)) : std::nullopt};
}

template <class Cells>
struct Read;
template <class... Cells>
struct Read<std::tuple<Cells...>> {
  static std::vector<QuestionDraft> drafts(std::vector<std::tuple<Cells...>> rows) {
    std::vector<QuestionDraft> drafts;
    drafts.reserve(rows.size());
    for (auto& row : rows) drafts.push_back(from_row(row));
    return drafts;
  }
  static std::vector<QuestionDraft> all(Session& sql, const std::string& from, std::initializer_list<Bind> binds) {
    return drafts(sql.all<Cells...>("SELECT " + std::string(columns) + " FROM " + from, binds));
  }
  template <class Values>
  static std::vector<QuestionDraft> all_of(Session& sql, const std::string& from, const Values& values) {
    return drafts(sql.all_of<Cells...>("SELECT " + std::string(columns) + " FROM " + from, values));
  }
};
using Drafts = Read<Row>;

// Its row as it will be, by the names of the columns.
template <class Use>
auto with_cells(const QuestionDraft& d, Use use) {
  return use({{"session", d.session},
              {"visitor", d.visitor},
              {"channel", name(d.channel)},
              {"brand_id", d.brand},
              {"locale", d.locale},
              {"started_at", d.started_at},
              {"last_at", d.last_at},
              {"listed_at", d.listed_at},
              {"shown", static_cast<int>(d.shown)},
              {"acts", d.acts},
              {"is_wanting", d.is_wanting},
              {"sent_at", d.sent_at},
              {"ticket_id", d.ticket},
              {"version", d.version + 1},
              {"query", d.query},
              {"list_json", d.answers ? std::optional(to_json(*d.answers)) : std::nullopt}});
}

}  // namespace

std::optional<QuestionDraft> find_question_draft(Session& sql, std::string_view session) {
  auto found = Drafts::all(sql, "deflection_sessions d WHERE d.session = :session", {{"session", session}});
  if (found.empty()) return {};
  return std::move(found.front());
}

void add_question_draft(Session& sql, const QuestionDraft& draft) {
  with_cells(draft, [&](std::initializer_list<Bind> cells) { sql.add_row_if_new("deflection_sessions", cells); });
}

std::int64_t save_question_draft(Session& sql, const QuestionDraft& d) {
  if (d.version > 0) {
    const auto update = [&](std::initializer_list<Bind> cells) {
      return sql.run(
          "UPDATE deflection_sessions SET visitor = :visitor, channel = :channel, brand_id = :brand_id, locale = "
          ":locale, started_at = :started_at, last_at = :last_at, listed_at = :listed_at, shown = :shown, acts = "
          ":acts, is_wanting = :is_wanting, sent_at = :sent_at, ticket_id = :ticket_id, version = :version, query = "
          ":query, list_json = :list_json WHERE session = :session AND version = :version - 1",
          cells);
    };
    if (with_cells(d, update) != 1)
      throw DatabaseError(DatabaseError::Kind::retry, "the draft changed since it was read");
    return d.id;
  }
  const auto insert = [&](std::initializer_list<Bind> cells) {
    return sql.insert_new(
        "deflection_sessions (session, visitor, channel, brand_id, locale, started_at, last_at, listed_at, shown, "
        "acts, is_wanting, sent_at, ticket_id, version, query, list_json) VALUES (:session, :visitor, :channel, "
        ":brand_id, :locale, :started_at, :last_at, :listed_at, :shown, :acts, :is_wanting, :sent_at, :ticket_id, "
        ":version, :query, :list_json)",
        cells);
  };
  if (!with_cells(d, insert))
    throw DatabaseError(DatabaseError::Kind::retry, "the draft was begun a moment ago by another node");
  const auto id =
      sql.one<std::int64_t>("SELECT id FROM deflection_sessions WHERE session = :session", {{"session", d.session}});
  return std::get<0>(*id);
}

bool add_draft_act(Session& sql, std::int64_t draft, DraftAct act, ArticleId article, Instant at) {
  return sql.insert_new("deflection_acts (session_id, act, article_id, at) VALUES (:draft, :act, :article, :at)",
                        {{"draft", draft}, {"act", static_cast<int>(act)}, {"article", article.value}, {"at", at}});
}

std::vector<std::pair<DraftAct, ArticleId>> article_acts_of(Session& sql, TicketId ticket) {
  std::vector<std::pair<DraftAct, ArticleId>> acts;
  // Index deflection_sessions_ticket, and the key.
  for (const auto& [act, article] : sql.all<int, ArticleId>(
           "SELECT a.act, a.article_id FROM deflection_sessions d JOIN deflection_acts a ON a.session_id = d.id "
           "WHERE d.ticket_id = :ticket AND a.article_id > 0 ORDER BY a.at, a.act, a.article_id LIMIT 100",
           {{"ticket", ticket}}))
    acts.emplace_back(static_cast<DraftAct>(act), article);
  return acts;
}

void remove_draft_act(Session& sql, std::int64_t draft, DraftAct act, ArticleId article) {
  sql.run("DELETE FROM deflection_acts WHERE session_id = :draft AND act = :act AND article_id = :article",
          {{"draft", draft}, {"act", static_cast<int>(act)}, {"article", article}});
}

std::int64_t count_draft_acts(Session& sql, std::int64_t draft) {
  // Primary key (session_id, act, article_id).
  return static_cast<std::int64_t>(
      sql.all<std::int64_t>("SELECT act FROM deflection_acts WHERE session_id = :draft LIMIT 1000", {{"draft", draft}})
          .size());
}

std::vector<DraftActs> drafts_between(Session& sql, Instant from, Instant to) {
  // Index deflection_sessions_started.
  std::vector<DraftActs> found;
  for (QuestionDraft& draft :
       Drafts::all(sql,
                   "deflection_sessions d" + by_index("deflection_sessions_started", sql.backend()) +
                       " WHERE d.started_at >= :from AND d.started_at < :to ORDER BY d.started_at, d.id",
                   {{"from", from}, {"to", to}}))
    found.push_back({std::move(draft), {}});
  std::unordered_map<std::int64_t, std::size_t> place;
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i].draft.acts != 0) {
      place[found[i].draft.id] = i;
      ids.push_back(found[i].draft.id);
    }
  for (const auto& [draft, act, article] : sql.all_of<std::int64_t, int, ArticleId>(
           "SELECT session_id, act, article_id FROM deflection_acts WHERE session_id IN {values}", ids))
    found[place.at(draft)].acts.emplace_back(static_cast<DraftAct>(act), article);
  return found;
}

std::vector<QuestionDraft> wanting_drafts(Session& sql, Instant from, Instant to, int limit) {
  // Index deflection_sessions_wanting, read backwards.
  return Drafts::all(sql,
                     "deflection_sessions d" + by_index("deflection_sessions_wanting", sql.backend()) +
                         " WHERE d.is_wanting = 1 AND d.started_at >= :from AND d.started_at < :to "
                         "ORDER BY d.started_at DESC LIMIT :limit",
                     {{"from", from}, {"to", to}, {"limit", limit}});
}

std::vector<std::pair<ArticleId, QuestionDraft>> answers_by_link(Session& sql, Instant from, Instant to, int limit) {
  // Indexes lessons_given, deflection_sessions_ticket.
  std::vector<std::pair<ArticleId, std::int64_t>> answers;
  std::vector<std::int64_t> ids;
  for (const auto& [article, draft] : sql.all<ArticleId, std::int64_t>(
           "SELECT l.article_id, d.id FROM lessons l" + by_index("lessons_given", sql.backend()) +
               " JOIN deflection_sessions d ON d.ticket_id = l.ticket_id LEFT JOIN messages m ON m.id = l.message_id "
               "WHERE l.source = 'reply' AND d.query <> '' AND l.given_at >= :from AND l.given_at < :to AND "
               "l.taken_back_at IS NULL "
               "AND m.undone_at IS NULL ORDER BY l.given_at DESC LIMIT :limit",
           {{"from", from}, {"to", to}, {"limit", limit}})) {
    answers.emplace_back(article, draft);
    ids.push_back(draft);
  }
  std::unordered_map<std::int64_t, QuestionDraft> drafts;
  for (auto& draft : Drafts::all_of(sql, "deflection_sessions d WHERE d.id IN {values}", ids))
    drafts[draft.id] = std::move(draft);
  std::vector<std::pair<ArticleId, QuestionDraft>> found;
  for (const auto& [article, draft] : answers) found.emplace_back(article, drafts.at(draft));
  return found;
}

std::vector<ArticleName> article_names(Session& sql, std::span<const ArticleId> ids) {
  std::vector<ArticleName> names;
  for (auto& [id, slug, title, locale, updated_at] :
       sql.all_of<ArticleId, std::string, std::string, std::string, Instant>(
           "SELECT id, slug, title, locale, updated_at FROM articles WHERE id IN {values}", ids))
    names.push_back({id, std::move(slug), std::move(title), std::move(locale), updated_at});
  return names;
}

std::optional<Instant> next_draft_start(Session& sql, Instant from) {
  const auto found = sql.one<Instant>(
      "SELECT started_at FROM deflection_sessions WHERE started_at >= :from ORDER BY started_at LIMIT 1",
      {{"from", from}});
  if (!found) return {};
  return std::get<0>(*found);
}

void keep_topic_texts(Session& sql, const std::vector<std::string>& topics) {
  sql.run("DELETE FROM deflection_topics");
  std::int64_t place = 0;
  for (const std::string& topic : topics)
    if (!sql.insert_new("deflection_topics (place, topic_json) VALUES (:place, :topic)",
                        {{"place", ++place}, {"topic", topic}}))
      throw DatabaseError(DatabaseError::Kind::retry, "another node keeps its own");
}

std::vector<std::string> topic_texts(Session& sql) {
  std::vector<std::string> topics;
  for (auto& [topic] : sql.all<std::string>("SELECT topic_json FROM deflection_topics ORDER BY place LIMIT 1000"))
    topics.push_back(std::move(topic));
  return topics;
}

std::int64_t drop_old_drafts(Session& sql, Instant before, int limit) {
  std::vector<std::int64_t> ids;
  for (const auto& [id] : sql.all<std::int64_t>(
           "SELECT id FROM deflection_sessions WHERE started_at < :before ORDER BY started_at LIMIT :limit",
           {{"before", before}, {"limit", limit}}))
    ids.push_back(id);
  for (const std::int64_t id : ids) {
    sql.run("DELETE FROM deflection_acts WHERE session_id = :id", {{"id", id}});
    sql.run("DELETE FROM deflection_sessions WHERE id = :id", {{"id", id}});
  }
  return static_cast<std::int64_t>(ids.size());
}

}  // namespace fifteen::store
