#include "server/desk/mail/spoken_time.hpp"

#include "server/desk/mail/mail_texts.hpp"

namespace fifteen::desk {

std::string span_words(std::string_view language, Microseconds span) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span).count(), minutes = seconds / 60;
  if (seconds < 60) return mail_text(language, "mail.span_s", {{"n", std::to_string(seconds)}});
  if (minutes < 60) return mail_text(language, "mail.span_min", {{"n", std::to_string(minutes)}});
  return mail_text(language, "mail.span_h", {{"h", std::to_string(minutes / 60)}, {"m", std::to_string(minutes % 60)}});
}

std::string ago_words(std::string_view language, Instant at, Instant now) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(now - at).count();
  if (minutes < 1) return mail_text(language, "mail.just_now");
  if (minutes < 60) return mail_text(language, "mail.ago_min", {{"n", std::to_string(minutes)}});
  if (minutes < 48 * 60) return mail_text(language, "mail.ago_h", {{"n", std::to_string(minutes / 60)}});
  return date_words(language, at);
}

std::string date_words(std::string_view language, Instant at) {
  return mail_text(language, "mail.on_date", date_places(language, at));
}

}  // namespace fifteen::desk
