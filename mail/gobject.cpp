#include "mail/gobject.hpp"

namespace fifteen::mail {

void ensure_gmime() {
  [[maybe_unused]] static const bool once = (g_mime_init(), true);
}

}  // namespace fifteen::mail
