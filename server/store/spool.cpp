#include "server/store/spool.hpp"

#include <boost/json.hpp>

#include "server/base/random.hpp"
#include "server/store/connection.hpp"

namespace fifteen::store {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::int64_t batch_bytes = 16 << 20;

constexpr std::string_view schema[] = {
    "CREATE TABLE IF NOT EXISTS mails (id INTEGER PRIMARY KEY AUTOINCREMENT, received_at BIGINT NOT NULL, "
    "door TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, client_name TEXT NOT NULL, "
    "remote_address TEXT NOT NULL, encrypted BIGINT NOT NULL, size BIGINT NOT NULL, "
    "attempts BIGINT NOT NULL DEFAULT 0, not_before BIGINT NOT NULL DEFAULT 0, "
    "quarantined BIGINT NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '', bytes BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS mails_due ON mails (quarantined, id)",
    "CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value BIGINT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS names (name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS mailboxes (address TEXT PRIMARY KEY) WITHOUT ROWID",
};

DatabaseOptions prepared(const std::filesystem::path& file, bool durable) {
  auto options = Spool::options(file);
  options.durable = durable;
  const auto connection = connect(options, true);
  connection->begin();
  for (const auto statement : schema) connection->execute(statement);
  if (!connection->one<std::string>("SELECT name FROM names"))
    connection->run("INSERT INTO names (name) VALUES (:name)", {{"name", random_token()}});
  connection->run("INSERT OR IGNORE INTO counts (name, value) VALUES ('accepted', 0)");
  connection->commit();
  return options;
}

std::string to_json(const std::vector<std::string>& values) {
  return json::serialize(json::value_from(values));
}

std::vector<std::string> from_json(const std::string& text) {
  return json::value_to<std::vector<std::string>>(json::parse(text));
}

SpoolCounts read_counts(Session& sql) {
  SpoolCounts counts;
  for (auto& [name, value] : sql.all<std::string, std::int64_t>("SELECT name, value FROM counts")) {
    if (name == "accepted")
      counts.accepted = value;
    else
      counts.outcomes[name] = value;
  }
  counts.waiting = std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM mails"));
  counts.quarantined = std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM mails WHERE quarantined = 1"));
  return counts;
}

}  // namespace

Spool::Spool(const std::filesystem::path& file, bool durable) : database_(prepared(file, durable)) {
  name_ = database_.read_now([](Session& sql) { return std::get<0>(*sql.one<std::string>("SELECT name FROM names")); });
}

DatabaseOptions Spool::options(const std::filesystem::path& file) {
  auto options = DatabaseOptions::sqlite(file.string());
  options.readers = 1;
  options.threads = "spool";
  return options;
}

DatabaseOptions Spool::emptied_for_restore(const std::filesystem::path& file) {
  const auto options = prepared(file, true);
  const auto connection = connect(options, true);
  connection->begin();
  if (connection->one<std::int64_t>("SELECT value FROM counts WHERE value > 0"))
    throw std::runtime_error(file.string() + " has taken mail; restore goes into an empty data folder");
  for (const auto* table : {"counts", "names", "mailboxes"}) connection->run("DELETE FROM " + std::string(table));
  connection->commit();
  return options;
}

std::int64_t Spool::insert(Session& sql, const std::string& door, Instant received_at, const mail::IncomingMail& mail) {
  const auto& envelope = mail.envelope;
  const auto id = sql.insert(
      "INSERT INTO mails (received_at, door, sender, recipients, client_name, remote_address, encrypted, size, bytes) "
      "VALUES (:received_at, :door, :sender, :recipients, :client_name, :remote_address, :encrypted, :size, :bytes)",
      {{"received_at", received_at},
       {"door", door},
       {"sender", envelope.sender},
       {"recipients", to_json(envelope.recipients)},
       {"client_name", envelope.client_name},
       {"remote_address", envelope.remote_address},
       {"encrypted", envelope.encrypted},
       {"size", mail.bytes.size()},
       {"bytes", mail.bytes}});
  sql.run("UPDATE counts SET value = value + 1 WHERE name = 'accepted'");
  return id;
}

asio::awaitable<std::int64_t> Spool::append(std::string door, Instant received_at, mail::IncomingMail mail) {
  auto job = [&](Session& sql) { return insert(sql, door, received_at, mail); };
  co_return co_await database_.write(job);
}

std::int64_t Spool::append_now(const std::string& door, Instant received_at, const mail::IncomingMail& mail) {
  return database_.write_now([&](Session& sql) { return insert(sql, door, received_at, mail); });
}

asio::awaitable<std::vector<SpooledMail>> Spool::next(int most, Instant now) {
  auto job = [&](Session& sql) {
    std::vector<SpooledMail> mails;
    std::int64_t total = 0;
    for (auto& [id, size] : sql.all<std::int64_t, std::int64_t>(
             "SELECT id, size FROM mails WHERE quarantined = 0 AND not_before <= :now ORDER BY id LIMIT :most",
             {{"now", now}, {"most", most}})) {
      if (!mails.empty() && total + size > batch_bytes) break;
      total += size;
      auto row =
          sql.one<std::string, Instant, int, std::string, std::string, std::string, std::string, bool, std::string>(
              "SELECT door, received_at, attempts, sender, recipients, client_name, remote_address, encrypted, bytes "
              "FROM mails WHERE id = :id",
              {{"id", id}});
      if (!row) continue;
      auto& [door, received_at, attempts, sender, recipients, client_name, remote_address, encrypted, bytes] = *row;
      mails.push_back(
          {id,
           name_ + "-" + std::to_string(id),
           std::move(door),
           received_at,
           attempts,
           {{std::move(sender), from_json(recipients), std::move(client_name), std::move(remote_address), encrypted},
            std::move(bytes)}});
    }
    return mails;
  };
  co_return co_await database_.read(job);
}

asio::awaitable<void> Spool::finish(std::vector<SpoolOutcome> outcomes) {
  auto job = [&](Session& sql) {
    std::map<std::string, std::int64_t> counted;
    for (const auto& [id, outcome, reason] : outcomes)
      if (sql.run("DELETE FROM mails WHERE id = :id", {{"id", id}}) > 0)
        ++counted[reason.empty() ? outcome : outcome + ":" + reason];
    for (const auto& [name, count] : counted)
      sql.run(
          "INSERT INTO counts (name, value) VALUES (:name, :count) "
          "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
          {{"name", name}, {"count", count}});
  };
  co_await database_.write(job);
}

asio::awaitable<void> Spool::postpone(std::int64_t id, std::string error, Instant until) {
  auto job = [&](Session& sql) {
    sql.run(
        "UPDATE mails SET attempts = attempts + 1, not_before = :until, last_error = :error, "
        "quarantined = CASE WHEN attempts + 1 >= :most THEN 1 ELSE 0 END WHERE id = :id",
        {{"id", id}, {"until", until}, {"error", error.substr(0, 500)}, {"most", attempts_before_quarantine}});
  };
  co_await database_.write(job);
}

asio::awaitable<SpoolCounts> Spool::counts() {
  co_return co_await database_.read(read_counts);
}

SpoolCounts Spool::counts_now() {
  return database_.read_now(read_counts);
}

asio::awaitable<std::vector<Quarantined>> Spool::quarantined() {
  auto job = [](Session& sql) {
    std::vector<Quarantined> found;
    for (auto& [id, at, sender, error] : sql.all<std::int64_t, Instant, std::string, std::string>(
             "SELECT id, received_at, sender, last_error FROM mails WHERE quarantined = 1 ORDER BY id LIMIT 100"))
      found.push_back({id, at, std::move(sender), std::move(error)});
    return found;
  };
  co_return co_await database_.read(job);
}

asio::awaitable<void> Spool::release_quarantined() {
  auto job = [](Session& sql) {
    sql.run("UPDATE mails SET quarantined = 0, attempts = 0, not_before = 0 WHERE quarantined = 1");
  };
  co_await database_.write(job);
}

asio::awaitable<void> Spool::keep_mailboxes(std::vector<std::string> addresses) {
  auto job = [&](Session& sql) {
    sql.run("DELETE FROM mailboxes");
    for (const auto& address : addresses)
      sql.run("INSERT OR IGNORE INTO mailboxes (address) VALUES (:address)", {{"address", address}});
  };
  co_await database_.write(job);
}

std::vector<std::string> Spool::mailboxes_now() {
  return database_.read_now([](Session& sql) {
    std::vector<std::string> addresses;
    for (auto& [address] : sql.all<std::string>("SELECT address FROM mailboxes ORDER BY address"))
      addresses.push_back(std::move(address));
    return addresses;
  });
}

}  // namespace fifteen::store
