#include "server/intake/mail_door.hpp"

#include "server/base/log.hpp"

namespace fifteen::intake {
namespace {

std::string message_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "unknown";
  }
}

}  // namespace

MailDoor::MailDoor(asio::any_io_executor executor, std::string name, mail::SmtpListenerSettings settings,
                   store::Spool& spool, const KnownMailboxes& mailboxes, const Clock& clock, RefusalCounts& refused,
                   std::function<void()> on_spooled)
    : name_(std::move(name)),
      spool_(spool),
      mailboxes_(mailboxes),
      clock_(clock),
      refused_(refused),
      on_spooled_(std::move(on_spooled)),
      listener_(std::move(executor), std::move(settings),
                {[this](std::string_view address) { return mailboxes_.judge(address); },
                 [this](mail::IncomingMail mail) { return store(std::move(mail)); },
                 [this](mail::Answer reason) { refused_.add(name_of(reason)); },
                 [this](const std::exception_ptr& error) {
                   log::error("mail_session_failed", {{"door", name_}, {"error", message_of(error)}});
                 }}) {}

asio::awaitable<mail::Stored> MailDoor::store(mail::IncomingMail mail) {
  using Outcome = mail::Stored::Outcome;
  for (auto& recipient : mail.envelope.recipients) recipient = mailboxes_.resolved(recipient);
  const auto size = mail.bytes.size();
  const auto remote = mail.envelope.remote_address;
  std::int64_t id = 0;
  Outcome outcome = Outcome::durable;
  std::string error;
  try {
    id = co_await spool_.append(name_, clock_.now(), std::move(mail));
  } catch (const store::DatabaseError& e) {
    outcome = e.kind() == store::DatabaseError::Kind::full ? Outcome::no_room : Outcome::try_later;
    error = e.what();
  } catch (const std::exception& e) {
    outcome = Outcome::try_later;  // the spool's queue is full, or something we do not know
    error = e.what();
  }
  if (outcome == Outcome::durable) {
    log::info("mail_accepted", {{"door", name_}, {"spool_id", id}, {"size", size}, {"remote", remote}});
    on_spooled_();
  } else {
    log::error("mail_not_stored", {{"door", name_}, {"size", size}, {"remote", remote}, {"error", error}});
  }
  co_return mail::Stored{outcome, id};
}

}  // namespace fifteen::intake
