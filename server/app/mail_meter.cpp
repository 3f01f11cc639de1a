#include "server/app/mail_meter.hpp"

namespace fifteen::app {
namespace {

prometheus::Family<prometheus::Gauge>& family(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

}  // namespace

MailMeter::MailMeter(prometheus::Registry& registry)
    : accepted_(family(registry, "fifteen_mail_accepted_total", "Mails that a door said yes to")),
      outcomes_(family(registry, "fifteen_mail_outcomes_total", "What became of them")),
      waiting_(family(registry, "fifteen_mail_waiting", "Mails in the spool now")),
      refused_(
          family(registry, "fifteen_mail_refused_total", "Mails and recipients refused at a door, since the start")) {}

void MailMeter::show(const store::SpoolCounts& counts, const intake::RefusalCounts& refused) {
  accepted_.Add({}).Set(static_cast<double>(counts.accepted));
  waiting_.Add({}).Set(static_cast<double>(counts.waiting));
  for (const auto& [name, value] : counts.outcomes) {
    const auto colon = name.find(':');
    prometheus::Labels labels{{"outcome", name.substr(0, colon)}};
    if (colon != std::string::npos) labels["reason"] = name.substr(colon + 1);
    outcomes_.Add(labels).Set(static_cast<double>(value));
  }
  for (const auto& [reason, value] : refused.all()) refused_.Add({{"reason", reason}}).Set(static_cast<double>(value));
}

}  // namespace fifteen::app
