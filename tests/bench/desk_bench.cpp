// What the records cost by themselves: CPU of one intake, one list page of 50 and one ticket page, in-process and on
// SQLite. Arguments: tickets kept (default 20000). One JSON object a line.
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "server/desk/tickets/inbox_figures.hpp"
#include "server/desk/tickets/intake.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/agents.hpp"
#include "server/store/database.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/migrate.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace fifteen;

namespace {

double cpu_us() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

template <class Work>
void measure(const char* name, int times, int kept, Work work) {
  const double before = cpu_us();
  for (int i = 0; i < times; ++i) work(i);
  std::printf(R"({"bench":"desk %s","value":%.1f,"unit":"us CPU","tickets":%d})"
              "\n",
              name, (cpu_us() - before) / times, kept);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const int kept = argc > 1 ? std::atoi(argv[1]) : 20'000;
  const test::TemporaryFolder folder;
  auto options = store::DatabaseOptions::sqlite((folder.path() / "desk.sqlite").string());
  store::migrate(options);
  store::Database db(options);
  Instant now = from_us(1'780'000'000'000'000);
  AgentId agent;
  db.write_now([&](store::Session& sql) {
    store::Mailbox mailbox;
    mailbox.address = "help@desk.example";
    store::add_mailbox(sql, mailbox);
    agent = *store::add_agent(sql, {{}, "ana@desk.example", "Ana", Role::agent, true, now});
  });

  const std::string body(4000, 'x');
  std::vector<TicketId> tickets;
  const auto receive = [&](store::Session& sql, int i) {
    now += std::chrono::seconds{1};
    mail::Message message;
    message.from = mail::Address{"Joe", "joe" + std::to_string(i % 10'000) + "@client.example"};
    message.subject = "A question";
    message.message_id = std::to_string(i) + "@client.example";
    message.text = message.visible_text = body;
    const std::string raw = "Message-ID: <" + message.message_id + ">\r\n\r\n" + body;
    const desk::ReceivedMail mail{message, raw, std::to_string(i), "smtp", message.from->address, {"help@desk.example"},
                                  now};
    tickets.push_back(desk::receive_mails(sql, {&mail, 1}, now).front().ticket);
  };
  // One transaction for 50 mails, as group commit has it under load.
  measure("intake", kept / 50, kept, [&](int group) {
    db.write_now([&](store::Session& sql) {
      for (int i = 0; i < 50; ++i) receive(sql, group * 50 + i);
    });
  });
  measure("close", kept / 50, kept, [&](int group) {
    db.write_now([&](store::Session& sql) {
      for (int i = 0; i < 50; ++i)
        if (group * 50 + i < kept - 3000)
          static_cast<void>(desk::close_ticket(sql, desk::Actor::of(agent, Role::agent), tickets[group * 50 + i], now));
    });
  });
  measure("list of 50", 500, kept, [&](int) {
    db.read_now([&](store::Session& sql) { return desk::list_tickets(sql, {.reader = agent}).tickets.size(); });
  });
  measure("count", 500, kept, [&](int) {
    db.read_now([&](store::Session& sql) { return desk::count_view(sql, desk::View::first, agent); });
  });
  measure("ticket page", 500, kept, [&](int i) {
    db.read_now([&](store::Session& sql) {
      const TicketId id = tickets[static_cast<std::size_t>(i * 37) % tickets.size()];
      return desk::view_ticket(sql, id, agent)->participants.size() +
             desk::list_messages(sql, desk::Actor::system(), id, {}, 50)->messages.size();
    });
  });
  measure("today", 20, kept, [&](int) {
    db.read_now([&](store::Session& sql) { return desk::todays_figures(sql, TimeZone(), now).total; });
  });
}
