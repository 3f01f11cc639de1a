#include "server/jobs/index_feed.hpp"

#include <fstream>
#include <set>

#include <boost/json.hpp>

#include "server/store/index_records.hpp"

namespace fifteen::jobs {
namespace {

constexpr int tickets_a_page = 200;
constexpr int articles_a_page = 50;
constexpr int ideas_a_page = 200;
constexpr int events_a_round = 1000;

std::filesystem::path rebuild_mark(const std::filesystem::path& folder) {
  return folder.parent_path() / (folder.filename().string() + ".rebuild");
}

std::int64_t number_in(const store::Event& event, std::string_view key) {
  boost::system::error_code error;
  const auto data = boost::json::parse(event.data, error);
  if (error || !data.is_object()) return 0;
  const auto* value = data.as_object().if_contains(key);
  return value && value->is_int64() ? value->as_int64() : 0;
}

}  // namespace

IndexFeed::IndexFeed(store::Database& records, std::filesystem::path folder)
    : records_(records), folder_(std::move(folder)) {}

void IndexFeed::request_rebuild(const std::filesystem::path& folder) {
  std::ofstream mark(rebuild_mark(folder));
  if (!mark) throw std::runtime_error(rebuild_mark(folder).string() + ": can't be written");
}

bool IndexFeed::is_rebuild_requested(const std::filesystem::path& folder) {
  return std::filesystem::exists(rebuild_mark(folder));
}

result<void> IndexFeed::open() {
  auto opened = search::Indexer::open(folder_);
  if (opened.has_error()) return opened.error();
  indexer_.emplace(std::move(*opened));
  return boost::system::in_place_value;
}

result<std::size_t> IndexFeed::rebuild() {
  follower_.reset();
  indexer_.reset();
  if (auto erased = search::Indexer::erase(folder_); erased.has_error()) return erased.error();
  if (auto opened = open(); opened.has_error()) return opened.error();
  auto built = build();
  if (built.has_error()) {
    indexer_.reset();
    return built.error();
  }
  std::error_code ignored;
  std::filesystem::remove(rebuild_mark(folder_), ignored);
  return built;
}

result<std::size_t> IndexFeed::build() {
  const EventId settled =
      records_.read_now([](store::Session& sql) { return store::settled_event(sql, SystemClock().now()); });
  std::size_t written = 0;
  for (TicketId after, last;; after = last) {
    const auto tickets = records_.read_now(
        [&](store::Session& sql) { return store::tickets_to_index(sql, after, tickets_a_page, last); });
    for (const search::Ticket& ticket : tickets)
      if (auto put = indexer_->put(ticket); put.has_error()) return put.error();
    written += tickets.size();
    if (!last) break;
  }
  for (ArticleId after;;) {
    const auto articles =
        records_.read_now([&](store::Session& sql) { return store::articles_to_index(sql, after, articles_a_page); });
    for (const search::Article& article : articles)
      if (auto put = indexer_->put(article); put.has_error()) return put.error();
    if (articles.empty()) break;
    written += articles.size();
    after = ArticleId(articles.back().id);
  }
  for (IdeaId after;;) {
    const auto ideas =
        records_.read_now([&](store::Session& sql) { return store::ideas_to_index(sql, after, ideas_a_page); });
    for (const search::Idea& idea : ideas)
      if (auto put = indexer_->put(idea); put.has_error()) return put.error();
    if (ideas.empty()) break;
    written += ideas.size();
    after = IdeaId(ideas.back().id);
  }
  if (auto committed = indexer_->commit(settled.value); committed.has_error()) return committed.error();
  follower_.emplace(settled);
  cursor_ = settled.value;
  answers_changed_();
  return written;
}

result<std::size_t> IndexFeed::catch_up() {
  if (!indexer_ || is_rebuild_requested(folder_)) {
    const bool wanted = is_rebuild_requested(folder_);
    auto opened = indexer_ ? result<void>(boost::system::in_place_value) : open();
    if (opened.has_error() && !search::must_be_rebuilt(opened.error())) return opened.error();
    const EventId newest = records_.read_now([](store::Session& sql) { return store::newest_event(sql); });
    if (wanted || opened.has_error() || indexer_->cursor() == 0 || indexer_->cursor() > newest.value) return rebuild();
    follower_.emplace(EventId(indexer_->cursor()));
  }
  std::size_t written = 0;
  for (;;) {
    const auto news = records_.read_now(
        [&](store::Session& sql) { return follower_->look(sql, SystemClock().now(), events_a_round); });
    follower_->take(news);
    if (news.events.empty()) break;
    auto taken = take_in(news.events);
    if (taken.has_error()) {
      // What was not committed is lost with the Indexer: the next round begins at its cursor.
      indexer_.reset();
      follower_.reset();
      return taken;
    }
    written += *taken;
  }
  return written;
}

// Before the cursor moves on: whoever dies meanwhile does it again.
result<void> IndexFeed::leave_nothing_behind() {
  if (auto committed = indexer_->commit(indexer_->cursor()); committed.has_error()) return committed.error();
  return indexer_->compact();
}

result<std::size_t> IndexFeed::take_in(const std::vector<store::Event>& events) {
  std::set<TicketId> changed;
  std::set<ArticleId> articles;
  std::set<IdeaId> ideas;
  bool erasure_ended = false;
  for (const store::Event& event : events) {
    if (event.kind == "promise") continue;  // when a ticket is due is not in the index
    if (event.kind == "erased" && !event.ticket) erasure_ended = true;
    if (event.ticket) changed.insert(event.ticket);
    if (const auto into = number_in(event, "into")) changed.insert(TicketId(into));  // merge, split
    if (const auto article = number_in(event, "article")) articles.insert(ArticleId(article));
    if (const auto idea = number_in(event, "idea")) ideas.insert(IdeaId(idea));
  }
  std::size_t written = 0;
  const std::vector<TicketId> ids(changed.begin(), changed.end());
  const auto tickets = records_.read_now([&](store::Session& sql) { return store::tickets_to_index(sql, ids); });
  for (const search::Ticket& ticket : tickets) {
    if (auto put = indexer_->put(ticket); put.has_error()) return put.error();
    changed.erase(TicketId(ticket.id));
    ++written;
  }
  for (const TicketId gone : changed)
    if (auto removed = indexer_->remove_ticket(gone.value); removed.has_error()) return removed.error();
  for (const ArticleId id : articles) {
    const auto found = records_.read_now([&](store::Session& sql) { return store::article_to_index(sql, id); });
    auto put = found.empty() ? indexer_->remove_article(id.value) : indexer_->put(found.front());
    if (put.has_error()) return put.error();
    ++written;
  }
  for (const IdeaId id : ideas) {
    const auto found = records_.read_now([&](store::Session& sql) { return store::idea_to_index(sql, id); });
    auto put = found.empty() ? indexer_->remove_idea(id.value) : indexer_->put(found.front());
    if (put.has_error()) return put.error();
    ++written;
  }
  if (auto cleaned = erasure_ended ? leave_nothing_behind() : result<void>(boost::system::in_place_value);
      cleaned.has_error())
    return cleaned.error();
  if (auto committed = indexer_->commit(follower_->settled().value); committed.has_error()) return committed.error();
  cursor_ = follower_->settled().value;
  if (!articles.empty() || !ideas.empty()) answers_changed_();
  return written;
}

}  // namespace fifteen::jobs
