#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "mail/smtp_session.hpp"
#include "server/base/clock.hpp"
#include "server/store/database.hpp"

namespace fifteen::store {

// A mail as a door accepted it.
struct SpooledMail {
  std::int64_t id = 0;
  std::string key;   // names this acceptance for ever, in every database: the spool's own random name and the id
  std::string door;  // smtp, lmtp, deliver
  Instant received_at;
  int attempts = 0;
  mail::IncomingMail mail;
};

// How a spooled mail ended.
struct SpoolOutcome {
  std::int64_t id = 0;
  std::string outcome;  // opened, joined, duplicate, ignored
  std::string reason;   // of ignored
};

// A mail that could not be made into records, again and again; it stays until somebody mends what was wrong.
struct Quarantined {
  std::int64_t id = 0;
  Instant received_at;
  std::string sender;
  std::string error;
};

struct SpoolCounts {
  std::int64_t accepted = 0;
  std::map<std::string, std::int64_t> outcomes;  // "opened", "joined", "duplicate", "ignored:reason"
  std::int64_t waiting = 0;                      // in the spool now, the quarantined among them
  std::int64_t quarantined = 0;
};

// Where every mail is durable before its door says yes (250, exit 0): a SQLite file of this node's own, so that mail is
// taken while the records' database is away. accepted = the sum of the outcomes + waiting, always: each changes in the
// transaction that adds or removes the mail, and so survives any crash. Several processes may use one spool. A full
// disk is a DatabaseError of kind full.
class Spool {
 public:
  // Creates the file as needed. `durable` false is for the power-cut test's control alone.
  explicit Spool(const std::filesystem::path& file, bool durable = true);

  // For backup and restore: the file's database; with the schema made and its own name and counts taken out. Throws
  // std::runtime_error when the spool has taken mail.
  static DatabaseOptions options(const std::filesystem::path& file);
  static DatabaseOptions emptied_for_restore(const std::filesystem::path& file);

  // Random, made with the file: a name for this node.
  const std::string& name() const { return name_; }

  boost::asio::awaitable<std::int64_t> append(std::string door, Instant received_at, mail::IncomingMail mail);
  std::int64_t append_now(const std::string& door, Instant received_at, const mail::IncomingMail& mail);

  // The oldest mails that are due, at most `most` and some 16 MiB.
  boost::asio::awaitable<std::vector<SpooledMail>> next(int most, Instant now);
  // Their records were read back: they leave the spool and are counted. A mail that already left is not counted again.
  boost::asio::awaitable<void> finish(std::vector<SpoolOutcome> outcomes);
  // Could not be made into records this time. After `attempts_before_quarantine` it is set aside.
  boost::asio::awaitable<void> postpone(std::int64_t id, std::string error, Instant until);
  static constexpr int attempts_before_quarantine = 5;

  boost::asio::awaitable<SpoolCounts> counts();
  SpoolCounts counts_now();
  // The first hundred, oldest first; and their release for another try.
  boost::asio::awaitable<std::vector<Quarantined>> quarantined();
  boost::asio::awaitable<void> release_quarantined();

  // The addresses this desk takes mail for, kept here so that doors know them while the database is away.
  boost::asio::awaitable<void> keep_mailboxes(std::vector<std::string> addresses);
  std::vector<std::string> mailboxes_now();
  // See Database::empty_log().
  bool empty_log() { return database_.empty_log(); }

 private:
  std::int64_t insert(Session& sql, const std::string& door, Instant received_at, const mail::IncomingMail& mail);

  Database database_;
  std::string name_;
};

}  // namespace fifteen::store
