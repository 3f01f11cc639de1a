#include "server/desk/history/history_reader.hpp"
#include "server/store/agents.hpp"
#include "server/store/articles.hpp"
#include "server/store/history_rows.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

constexpr int article_page = 200;

std::int64_t seconds(Microseconds time) {
  return std::chrono::floor<std::chrono::seconds>(time).count();
}

}  // namespace

std::vector<HistoryRecord> HistoryReader::standing() {
  std::vector<HistoryRecord> records;
  for (const ScheduleId schedule : store::schedule_ids(sql_)) {
    const Schedule versions = store::schedule(sql_, schedule);
    for (const ScheduleVersion& version : versions.versions())
      records.push_back(HistorySchedule{.id = id("schedule", schedule.value),
                                        .from = version.from,
                                        .zone = version.zone,
                                        .weekly = version.weekly,
                                        .holidays = version.holidays,
                                        .extra = {}});
  }
  for (const store::Agent& agent : store::agents(sql_))
    records.push_back(HistoryAgent{
        .id = id("agent", agent.id.value), .email = agent.email, .name = agent.name, .role = agent.role, .extra = {}});
  const auto targets = store::targets(sql_);
  for (const store::Mailbox& mailbox : store::mailboxes(sql_)) {
    const std::string name = id("mailbox", mailbox.id.value);
    HistoryMailbox line{.id = name, .address = mailbox.address, .name = mailbox.name};
    if (mailbox.schedule) line.schedule = id("schedule", mailbox.schedule.value);
    records.push_back(line);
    for (const Target& target : targets)
      if (target.mailbox == mailbox.id && target.when.empty() && !target.until)
        records.push_back(HistoryMailbox{.id = name, .target_seconds = seconds(target.target), .from = target.from});
  }
  for (const Target& target : targets) {
    if (target.mailbox && target.when.empty() && !target.until) continue;
    HistoryTarget line{
        .from = target.from, .until = target.until, .when = target.when, .target_seconds = seconds(target.target)};
    if (target.mailbox) line.mailbox = id("mailbox", target.mailbox.value);
    records.push_back(line);
  }
  for (ArticleId after;;) {
    const auto articles = store::articles_after(sql_, after, article_page);
    for (const store::Article& article : articles) {
      if (article.state == store::ArticleState::deleted) continue;
      records.push_back(HistoryArticle{.id = id("article", article.id.value),
                                       .title = article.title,
                                       .body = article.body,
                                       .locale = article.locale,
                                       .published = article.state == store::ArticleState::published,
                                       .extra = {}});
    }
    if (articles.size() < article_page) break;
    after = articles.back().id;
  }
  return records;
}

std::vector<HistoryRecord> HistoryReader::customers(CustomerId& after, int limit) {
  std::vector<HistoryRecord> records;
  for (const store::Customer& customer : store::customers_after(sql_, after, limit)) {
    HistoryCustomer line{.id = id("customer", customer.id.value), .traits = customer.traits};
    if (!customer.email.empty()) line.email = customer.email;
    if (!customer.name.empty()) line.name = customer.name;
    records.push_back(line);
    after = customer.id;
  }
  return records;
}

}  // namespace fifteen::desk
