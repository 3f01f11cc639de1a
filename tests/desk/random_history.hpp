#pragma once
#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "server/base/rfc3339.hpp"

namespace fifteen::test {

// A history to import: tickets of some weeks from 2 March 2026 on, over a change of Rome's clocks, in two mailboxes,
// one of which has office hours; with every ending of a wait, plans, tags, assignments and ratings.
inline std::string random_history(unsigned seed, int tickets, int days = 40) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::int64_t begin = to_us(*parse_rfc3339("2026-03-02T00:00:00Z"));
  std::string out =
      R"({"type":"schedule","id":"s1","zone":"Europe/Rome","weekly":[{"day":"mon","start":"09:00","end":"18:00"},{"day":"tue","start":"09:00","end":"18:00"},{"day":"wed","start":"22:00","end":"06:00"},{"day":"thu","start":"09:00","end":"18:00"}],"holidays":["2026-03-10"]}
{"type":"mailbox","id":"m1","address":"help@example.com","name":"Help"}
{"type":"mailbox","id":"m2","address":"office@example.com","name":"Office","target_seconds":3600,"schedule":"s1","from":"2026-01-01T00:00:00Z"}
{"type":"target","from":"2026-03-12T00:00:00Z","mailbox":"m1","when":{"plan":"pro"},"target_seconds":300}
{"type":"agent","id":"a1","email":"ana@example.com","name":"Ana","role":"agent"}
{"type":"agent","id":"a2","email":"bob@example.com","name":"Bob","role":"agent"}
)";
  for (int c = 0; c < 9; ++c)
    out += fmt::format(R"({{"type":"customer","id":"c{0}","email":"c{0}@example.net","name":"C{0}","traits":{1}}})"
                       "\n",
                       c,
                       c % 3 == 0   ? "{}"
                       : c % 3 == 1 ? R"({"plan":"free"})"
                                    : R"({"plan":"pro"})");
  std::vector<std::tuple<std::int64_t, std::size_t, std::string>> lines;
  for (int t = 0; t < tickets; ++t) {
    std::int64_t at = begin + static_cast<std::int64_t>(random() % 1'000'000) * days * 86'400;
    const auto add = [&](const std::string& head, const std::string& more) {
      lines.emplace_back(at, lines.size(),
                         fmt::format(R"({{{},"ticket":"t{}","at":"{}"{}}})", head, t, to_rfc3339(from_us(at)), more));
    };
    const auto pass = [&](int most_minutes) { at += 1'000'000LL * below(60 * most_minutes) + below(1'000'000); };
    static constexpr const char* tags[] = {"[]", R"(["billing"])", R"(["billing","late"])", R"(["=x"])"};
    static constexpr const char* channels[] = {"email", "form", "widget", "api", "phone"};
    lines.emplace_back(
        at, lines.size(),
        fmt::format(
            R"({{"type":"ticket","id":"t{}","at":"{}","mailbox":"m{}","customer":"c{}","subject":"=Q \"{}\", and","channel":"{}","tags":{},"started_by":"customer"}})",
            t, to_rfc3339(from_us(at)), 1 + below(2), below(9), t, channels[below(5)], tags[below(4)]));
    int messages = 0;
    for (int round = 1 + below(3); round > 0; --round) {
      const auto say = [&](const std::string& from, const char* kind, const char* more = "") {
        add(fmt::format(R"("type":"message","id":"x{}.{}")", t, ++messages),
            fmt::format(R"(,"from":"{}","kind":"{}","body":"…"{})", from, kind, more));
      };
      say("customer", "message");
      if (below(3) == 0) pass(20), add(R"("type":"assign")", fmt::format(R"(,"to":"agent:a{}")", 1 + below(2)));
      if (below(4) == 0) pass(5), add(R"("type":"tag")", R"(,"add":["late"],"remove":["billing"])");
      pass(below(4) == 0 ? 60 * 40 : 30);
      const int ending = below(10);
      const std::string agent = fmt::format("agent:a{}", 1 + below(2));
      if (ending < 6) {
        say(agent, "reply", below(2) ? R"(,"close":true)" : "");
        const std::string reply = fmt::format(R"(,"message":"x{}.{}")", t, messages);
        static constexpr const char* scores[] = {"kudos", "kudos", "good", "bad"};
        for (int rated = below(4); rated < 2; ++rated)
          pass(90), add(R"("type":"rating")", reply + fmt::format(R"(,"score":"{}")", scores[below(4)]));
        if (below(12) == 0) pass(9), add(R"("type":"bounced")", reply);
      } else if (ending == 6) {
        add(R"("type":"close")", fmt::format(R"(,"by":"{}")", agent));
      } else if (ending == 7) {
        add(R"("type":"close")", R"(,"by":"customer")");
      } else if (ending == 8) {
        add(R"("type":"spam")", "");
        if (below(2)) pass(30), add(R"("type":"unspam")", "");
      } else {
        break;
      }
      pass(60 * 20);
    }
  }
  std::ranges::sort(lines);
  for (const auto& [at, order, line] : lines) out += line + "\n";
  return out;
}

}  // namespace fifteen::test
