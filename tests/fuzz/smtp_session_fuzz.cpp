#include <cstdint>
#include <cstdlib>

#include "tests/mail/smtp_talk.hpp"

// Any bytes, whole and in pieces of a size the input chooses, must give the same answers and the same mails.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  fifteen::mail::SmtpRules rules;
  rules.lmtp = data[0] & 1;
  rules.message_bytes = 1000;
  rules.offers_tls = false;  // what comes ahead of a handshake is thrown away, which depends on the pieces
  const std::size_t chunk = 1 + data[1] % 32;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);

  fifteen::test::Talk whole(rules), cut(rules);
  whole.send(bytes);
  cut.send(bytes, chunk);
  if (whole.out != cut.out || whole.mails.size() != cut.mails.size()) std::abort();
  for (std::size_t i = 0; i < whole.mails.size(); ++i)
    if (whole.mails[i].bytes != cut.mails[i].bytes) std::abort();
  for (const auto& mail : whole.mails)
    for (std::size_t i = 0; i < mail.bytes.size(); ++i) {
      const bool lf = mail.bytes[i] == '\n';
      const bool after_cr = i > 0 && mail.bytes[i - 1] == '\r';
      if (lf != after_cr || mail.bytes[i] == '\0') std::abort();
    }
  return 0;
}
