#pragma once
#include <map>
#include <string>

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "server/intake/mail_door.hpp"
#include "server/store/spool.hpp"

namespace fifteen::app {

// Mail in figures for /metrics: accepted = opened + joined + duplicate + ignored(reason) + waiting, of one moment.
class MailMeter {
 public:
  explicit MailMeter(prometheus::Registry& registry);
  void show(const store::SpoolCounts& counts, const intake::RefusalCounts& refused);

 private:
  prometheus::Family<prometheus::Gauge>&accepted_, &outcomes_, &waiting_, &refused_;
};

}  // namespace fifteen::app
