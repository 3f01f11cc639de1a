#include "server/desk/deflection/deflection_report.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

namespace fifteen::desk {
namespace {

using store::DraftAct;
using store::Shown;

std::optional<double> ratio(std::int64_t part, std::int64_t of) {
  if (of == 0) return {};
  return static_cast<double>(part) / static_cast<double>(of);
}

void count(DraftCounts& counts, const CountedDraft& draft) {
  if (draft.end == DraftEnd::open) {
    ++counts.open;
    return;
  }
  const bool was_sent = draft.end == DraftEnd::sent;
  if (draft.listed_nothing) ++counts.listed_nothing;
  if (draft.shown == Shown::withheld) {
    ++counts.withheld;
    counts.withheld_sent += was_sent;
  }
  if (draft.shown != Shown::list) return;
  ++counts.lists;
  if (was_sent)
    ++counts.sent;
  else if (draft.end == DraftEnd::solved)
    ++counts.solved;
  else if (draft.has(DraftAct::show) || draft.has(DraftAct::helpful))
    ++counts.left;
}

// The drafts of one population, in the order of their beginnings.
class Tally {
 public:
  void add(const CountedDraft& draft) {
    count(figures_.drafts, draft);
    // A visitor's first draft decides, also while it goes on: a later one may have been begun because of it.
    if (draft.shown == Shown::nothing || !seen_.insert(draft.visitor).second || draft.end == DraftEnd::open) return;
    SentShare& group = draft.shown == Shown::withheld ? figures_.withheld : figures_.list;
    ++group.visitors;
    group.sent += draft.end == DraftEnd::sent;
  }
  const DeflectionFigures& figures() const { return figures_; }

 private:
  DeflectionFigures figures_;
  boost::unordered_flat_set<std::uint64_t> seen_;
};

// Drafts come in order, so a day's edges are asked for once a day.
class Days {
 public:
  explicit Days(TimeZone zone) : zone_(zone) {}
  DraftCounts& of(Instant at) {
    if (!day_ || at >= until_) {
      const auto local = std::chrono::floor<std::chrono::days>(zone_.to_local(at));
      until_ = zone_.to_instant(local + std::chrono::days(1));
      day_ = &days_[local];
    }
    return *day_;
  }
  std::map<std::chrono::local_days, DraftCounts> take() { return std::move(days_); }

 private:
  const TimeZone zone_;
  std::map<std::chrono::local_days, DraftCounts> days_;
  DraftCounts* day_ = nullptr;
  Instant until_{};
};

void count(MailCounts& mail, const CountedDraft& draft) {
  ++mail.acknowledged;
  mail.listed += draft.shown == Shown::list;
  mail.withheld += draft.shown == Shown::withheld;
  mail.solved += draft.has(DraftAct::solved);
}

void count(ArticleCounts& article, int marks, bool was_shown, bool is_early) {
  const auto has = [marks](DraftAct act) { return (marks & static_cast<int>(act)) != 0; };
  article.listed += was_shown && (marks & ArticleMarks::listed);
  article.opened += has(DraftAct::show);
  article.helpful += has(DraftAct::helpful);
  article.not_helpful += has(DraftAct::not_helpful);
  article.solved += has(DraftAct::solved);
  if (!is_early) return;
  article.early_helpful += has(DraftAct::helpful) || has(DraftAct::solved);
  article.early_not_helpful += has(DraftAct::not_helpful);
}

}  // namespace

std::optional<double> DraftCounts::gross() const {
  return ratio(solved + left, lists);
}

std::optional<double> MailCounts::share() const {
  return ratio(solved, acknowledged);
}

DeflectionReport report_deflection(store::Session& sql, const DeflectionWish& wish) {
  DeflectionReport report;
  Tally total;
  std::map<Channel, Tally> channels;
  Days days(wish.zone);
  boost::unordered_flat_map<std::int64_t, ArticleCounts> articles;
  const Instant middle = wish.from + (wish.to - wish.from) / 2;
  each_draft(sql, wish.from, wish.to, wish.now, [&](const CountedDraft& draft) {
    if (wish.channel && draft.channel != *wish.channel) return;
    for (const ArticleMarks& marks : draft.marks)
      count(articles[marks.article.value], marks.marks, draft.shown == Shown::list, draft.started_at < middle);
    if (draft.channel == Channel::email) return count(report.mail, draft);
    total.add(draft);
    channels[draft.channel].add(draft);
    count(days.of(draft.started_at), draft);
  });
  report.total = total.figures();
  for (const auto& [channel, tally] : channels) report.channels[channel] = tally.figures();
  report.days = days.take();
  for (const auto& [id, counts] : articles) report.articles[ArticleId(id)] = counts;
  return report;
}

}  // namespace fifteen::desk
