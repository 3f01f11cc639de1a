#include "server/store/references.hpp"

#include <fmt/format.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

#include "server/store/tables.hpp"

namespace fifteen::store {
namespace {

struct Reference {
  const char* table;
  const char* column;
  const char* target;
  const char* key = "id";
};

constexpr Reference references[] = {
    {"api_tokens", "agent_id", "agents"},
    {"article_details", "article_id", "articles"},
    {"article_details", "group_id", "articles"},
    {"article_drafts", "article_id", "articles"},
    {"article_drafts", "agent_id", "agents"},
    {"article_picture_mentions", "article_id", "articles"},
    {"article_picture_uses", "article_id", "articles"},
    {"article_picture_uses", "picture", "article_pictures", "name"},
    {"article_pictures", "agent_id", "agents"},
    {"article_pictures", "sha256", "blobs", "sha256"},
    {"article_redirects", "article_id", "articles"},
    {"article_versions", "article_id", "articles"},
    {"article_versions", "agent_id", "agents"},
    {"attachments", "message_id", "messages"},
    {"attachments", "sha256", "blobs", "sha256"},
    {"brands", "logo_sha256", "blobs", "sha256"},
    {"credentials", "agent_id", "agents"},
    {"customer_addresses", "customer_id", "customers"},
    {"deflection_acts", "session_id", "deflection_sessions"},
    {"deflection_sessions", "ticket_id", "tickets"},
    {"digest_choices", "agent_id", "agents"},
    {"digests", "agent_id", "agents"},
    {"drafts", "ticket_id", "tickets"},
    {"erasure_traces", "customer_id", "erasures", "customer_id"},
    {"erasures", "customer_id", "customers"},
    {"erasures", "asked_by", "agents"},
    {"events", "ticket_id", "tickets"},
    {"events", "message_id", "messages"},
    {"holiday_names", "schedule_id", "schedules"},
    {"idea_changes", "idea_id", "ideas"},
    {"idea_merges", "from_id", "ideas"},
    {"idea_merges", "into_id", "ideas"},
    {"idea_plans", "idea_id", "ideas"},
    {"idea_tickets", "idea_id", "ideas"},
    {"idea_tickets", "ticket_id", "tickets"},
    {"idea_voter_brands", "voter_id", "idea_voters"},
    {"idea_votes", "idea_id", "ideas"},
    {"idea_votes", "voter_id", "idea_voters"},
    {"idea_votes", "ticket_id", "tickets"},
    {"idea_wishes", "voter_id", "idea_voters"},
    {"idea_wishes", "idea_id", "ideas"},
    {"ideas", "author_id", "idea_voters"},
    {"ideas", "merged_into", "ideas"},
    {"incoming", "ticket_id", "tickets"},
    {"incoming", "message_id", "messages"},
    {"incoming", "raw_sha256", "blobs", "sha256"},
    {"lessons", "article_id", "articles"},
    {"lessons", "ticket_id", "tickets"},
    {"lessons", "message_id", "messages"},
    {"lessons", "taken_back_by", "agents"},
    {"mail_queue", "ticket_id", "tickets"},
    {"mail_queue", "message_id", "messages"},
    {"mailbox_brands", "mailbox_id", "mailboxes"},
    {"mailbox_brands", "brand_id", "brands"},
    {"mailboxes", "schedule_id", "schedules"},
    {"messages", "ticket_id", "tickets"},
    {"messages", "raw_sha256", "blobs", "sha256"},
    {"notice_choices", "agent_id", "agents"},
    {"notifications", "agent_id", "agents"},
    {"notifications", "ticket_id", "tickets"},
    {"participants", "ticket_id", "tickets"},
    {"promise_changes", "mailbox_id", "mailboxes"},
    {"quiet_mailboxes", "mailbox_id", "mailboxes"},
    {"rating_agents", "rating_id", "ratings"},
    {"rating_agents", "agent_id", "agents"},
    {"ratings", "ticket_id", "tickets"},
    {"ratings", "message_id", "messages"},
    {"schedule_calendars", "schedule_id", "schedules"},
    {"schedule_versions", "schedule_id", "schedules"},
    {"sessions", "agent_id", "agents"},
    {"target_ends", "target_id", "targets"},
    {"tickets", "customer_id", "customers"},
    {"tickets", "mailbox_id", "mailboxes"},
    {"tickets", "assignee_id", "agents"},
    {"tickets", "merged_into", "tickets"},
    {"unrated_mailboxes", "mailbox_id", "mailboxes"},
    {"wait_alerts", "started_by_message", "waits", "started_by_message"},
    {"waits", "ticket_id", "tickets"},
    {"waits", "started_by_message", "messages"},
    {"webhook_deliveries", "webhook_id", "webhooks"},
    {"widget_questions", "ticket_id", "tickets"},
    {"wrong_answers", "ticket_id", "tickets"},
    {"wrong_answers", "agent_id", "agents"},
};

constexpr int findings_of_a_kind = 10;

// Takes the chunks of blobs in their order.
class BlobCheck {
 public:
  explicit BlobCheck(std::vector<std::string>& findings) : findings_(findings) {}

  void take(const std::string& name, std::int64_t chunk, const std::string& bytes) {
    if (name != name_) {
      finish();
      name_ = name;
      next_ = 0;
      crypto_hash_sha256_init(&state_);
    }
    if (chunk != next_++) return find("blob " + name_ + " lacks a chunk before " + std::to_string(chunk));
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  void finish() {
    if (name_.empty()) return;
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[crypto_hash_sha256_BYTES * 2 + 1];
    crypto_hash_sha256_final(&state_, digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    if (name_ != hex) find("blob " + name_ + " holds other bytes: their SHA-256 is " + hex);
  }

 private:
  void find(std::string finding) {
    if (findings_.size() < findings_of_a_kind) findings_.push_back(std::move(finding));
  }

  std::vector<std::string>& findings_;
  crypto_hash_sha256_state state_{};
  std::string name_;
  std::int64_t next_ = 0;
};

}  // namespace

std::vector<std::string> dangling_references(Session& sql) {
  std::vector<std::string> findings;
  for (const auto& [table, column, target, key] : references) {
    const std::string name = std::string(table) + "." + column;
    const auto values =
        sql.all<std::string>("SELECT DISTINCT a." + std::string(column) + " FROM " + table + " a WHERE a." + column +
                             " IS NOT NULL AND a." + column + " <> '' AND NOT EXISTS (SELECT 1 FROM " + target +
                             " b WHERE b." + key + " = a." + column + ") LIMIT " + std::to_string(findings_of_a_kind));
    for (const auto& [value] : values)
      findings.push_back(fmt::format("{} names {}, which is not in {}", name, value, target));
  }
  return findings;
}

std::vector<std::string> altered_blobs(Connection& sql) {
  std::vector<std::string> findings;
  for (const Table& table : tables_of(sql)) {
    if (table.name != "blobs") continue;
    const auto name = table.at("sha256"), chunk = table.at("chunk"), bytes = table.at("bytes");
    BlobCheck check(findings);
    each_row(sql, table, [&](Value* cells) {
      check.take(std::get<std::string>(cells[name]), std::get<std::int64_t>(cells[chunk]),
                 std::get<std::string>(cells[bytes]));
    });
    check.finish();
  }
  return findings;
}

}  // namespace fifteen::store
