// The words of a weekly digest.
#include <algorithm>
#include <cmath>
#include <sstream>

#include "mail/html_clean.hpp"
#include "server/base/random.hpp"
#include "server/desk/mail/digest.hpp"
#include "server/desk/mail/mail_texts.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/mail/spoken_time.hpp"
#include "server/desk/reports/report_filter.hpp"
#include "server/domain/schedule_words.hpp"
#include "server/store/columns.hpp"

namespace fifteen::desk {
namespace {

using std::chrono::days;

constexpr std::size_t most_words = 5;            // thanks that are quoted
constexpr std::int64_t enough_for_an_hour = 10;  // waits; fewer are chance

class Words {
 public:
  explicit Words(std::string_view language) : language_(language) {}

  std::string operator()(const std::string& key,
                         const std::map<std::string, std::string, std::less<>>& values = {}) const {
    return mail_text(language_, "mail." + key, values);
  }
  std::string percent(std::optional<double> share) const {
    if (!share) return "–";
    // Rounded down: 99.6 % is not all of them.
    return (*this)("percent", {{"n", std::to_string(static_cast<int>(std::floor(*share * 100 + 1e-9)))}});
  }
  std::string span(std::optional<Microseconds> time) const { return time ? span_words(language_, *time) : "–"; }
  std::string day(std::chrono::local_days at) const {
    const std::chrono::year_month_day date{at};
    return (*this)("digest_day", {{"day", std::to_string(static_cast<unsigned>(date.day()))},
                                  {"month", nth("months", static_cast<unsigned>(date.month()) - 1, ' ')}});
  }
  // Of "mon 09".
  std::string hour(const std::string& key) const {
    const int hour = parse_week_hour(key).value_or(0);
    return (*this)("digest_when", {{"day", nth("weekdays", static_cast<unsigned>(hour / 24 + 1) % 7, '|')},
                                   {"time", to_time_of_day(std::chrono::hours{hour % 24})}});
  }

 private:
  std::string nth(const std::string& key, unsigned n, char between) const {
    std::istringstream words((*this)(key));
    std::string word;
    for (unsigned i = 0; i <= n; ++i) std::getline(words, word, between);
    return word;
  }
  std::string language_;
};

struct Line {
  std::string what, now, before;
};

std::vector<Line> lines_of(const Words& say, const Figures& now, const std::optional<Figures>& before) {
  const auto count = [](std::int64_t n) { return std::to_string(n); };
  const auto was = [&](auto tell) { return before ? tell(*before) : std::string(); };
  return {{say("digest_share"), say.percent(now.share), was([&](const Figures& f) { return say.percent(f.share); })},
          {say("digest_median"), say.span(now.p50), was([&](const Figures& f) { return say.span(f.p50); })},
          {say("digest_p90"), say.span(now.p90), was([&](const Figures& f) { return say.span(f.p90); })},
          {say("digest_answered"), count(now.answered), was([&](const Figures& f) { return count(f.answered); })},
          {say("digest_waiting"), count(now.running), was([&](const Figures& f) { return count(f.running); })},
          {say("digest_closed"), count(now.closed_unanswered),
           was([&](const Figures& f) { return count(f.closed_unanswered); })},
          {say("digest_off_hours"), count(now.off_hours), was([&](const Figures& f) { return count(f.off_hours); })}};
}

// The hours of the week in which most, and fewest, were answered in time; none where the hours don't differ.
std::vector<std::string> hours_of(const Words& say, const std::vector<ReportLine>& hours) {
  std::vector<const ReportLine*> told;
  for (const ReportLine& hour : hours)
    if (hour.figures.answered + hour.figures.overdue >= enough_for_an_hour) told.push_back(&hour);
  if (told.size() < 2) return {};
  const auto [worst, best] =
      std::ranges::minmax_element(told, {}, [](const ReportLine* hour) { return hour->figures.share; });
  if ((*worst)->figures.share == (*best)->figures.share) return {};
  const auto sentence = [&](const char* key, const ReportLine& hour) {
    return say(key, {{"when", say.hour(hour.key)}, {"share", say.percent(hour.figures.share)}});
  };
  return {sentence("digest_best", **best), sentence("digest_worst", **worst)};
}

std::string thanks_line(const Words& say, const store::ListedRating& one) {
  const std::string& customer = one.customer_name.empty() ? one.customer_email : one.customer_name;
  return say("digest_words",
             {{"words", store::clip(one.rating.comment, 300)}, {"customer", customer}, {"agent", one.agent_name}});
}

}  // namespace

store::QueuedMail write_digest(const DueDigest& due, const DigestFigures& figures, const std::string& site,
                               const mail::Address& from) {
  const Words say(due.reader.choice.language);
  const auto first = due.week.monday, last = due.week.monday + days{6};
  std::string text, html;
  const auto paragraph = [&](const std::string& words) {
    text += words + "\n\n";
    html += "<p>" + mail::escape_html(words) + "</p>\n";
  };

  paragraph(say("digest_week", {{"from", say.day(first)}, {"to", say.day(last)}}));
  html += "<table cellpadding=\"4\">\n<tr><td></td><td>" + mail::escape_html(say("digest_now")) + "</td><td>" +
          mail::escape_html(say("digest_before")) + "</td></tr>\n";
  for (const auto& [what, now, before] : lines_of(say, figures.times.now.total, figures.times.before)) {
    text += what + ": " + now + " (" + say("digest_before") + ": " + before + ")\n";
    html += "<tr><td>" + mail::escape_html(what) + "</td><td><strong>" + mail::escape_html(now) + "</strong></td><td>" +
            mail::escape_html(before) + "</td></tr>\n";
  }
  text += "\n";
  html += "</table>\n";
  for (const std::string& sentence : hours_of(say, figures.times.now.hours)) paragraph(sentence);
  if (figures.thanked > 0) paragraph(say("digest_thanks", {{"n", std::to_string(figures.thanked)}}));
  for (std::size_t i = 0; i < std::min(figures.thanks.size(), most_words); ++i)
    paragraph(thanks_line(say, figures.thanks[i]));
  if (!site.empty()) {
    const std::string url =
        site + "/reports?from=" + to_date(first) + "&to=" + to_date(last) + "&zone=" + due.zone.name();
    text += say("digest_link") + ": " + url + "\n\n";
    html += "<p><a href=\"" + mail::escape_html(url) + "\">" + mail::escape_html(say("digest_link")) + "</a></p>\n";
  }
  paragraph(say("digest_why"));

  store::QueuedMail mail;
  mail.kind = "digest";
  mail.recipients = {due.reader.email};
  mail.from = from;
  mail.to = {{due.reader.name, due.reader.email}};
  mail.subject = say("digest_subject", {{"desk", from.name}, {"share", say.percent(figures.times.now.total.share)}});
  mail.rfc_message_id = random_token() + ".digest@" + domain_of(from.address);
  mail.text = std::move(text);
  mail.html = std::move(html);
  mail.automatic = true;
  mail.not_before = due.week.due;
  return mail;
}

}  // namespace fifteen::desk
