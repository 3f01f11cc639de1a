#include "server/http/reply.hpp"

// What stands between a stranger's bytes and an agent's browser, in one place. A page of ours takes scripts, styles and
// connections from its own origin alone; nobody frames it; no type is guessed.
#define ALWAYS "\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Opener-Policy: same-origin"
#define PRIVATE \
  "\r\nCache-Control: no-store\r\nReferrer-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin"
// One year, sub-domains left to their owners (RFC 6797).
#define HSTS "\r\nStrict-Transport-Security: max-age=31536000"

#define DATA ALWAYS PRIVATE "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'"
#define OURS                                                                                   \
  "\r\nContent-Security-Policy: default-src 'self'; img-src 'self' data:; object-src 'none'; " \
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
#define PAGE ALWAYS PRIVATE OURS
#define KEPT_PAGE                                                        \
  ALWAYS                                                                 \
  "\r\nCache-Control: private, no-cache\r\nReferrer-Policy: same-origin" \
  "\r\nCross-Origin-Resource-Policy: same-origin" OURS
#define SECRET_PAGE                                             \
  ALWAYS                                                        \
  "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer" \
  "\r\nX-Robots-Tag: noindex\r\nCross-Origin-Resource-Policy: same-origin" OURS
// Measured: this header alone stops every script and every outside request of a hostile mail; a sandbox attribute on
// the frame stops the scripts only. The frame keeps its origin so that the page can read its height.
#define FRAMED(pictures)                                                                                    \
  "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: private, no-cache\r\nReferrer-Policy: no-referrer" \
  "\r\nCross-Origin-Resource-Policy: same-origin"                                                           \
  "\r\nContent-Security-Policy: sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; "    \
  "default-src 'none'; img-src 'self' data:" pictures "; style-src 'unsafe-inline'; frame-ancestors 'self'"
#define MAIL_BODY FRAMED("")
#define MAIL_BODY_WITH_PICTURES FRAMED(" https:")
#define DOWNLOAD                                                                                            \
  "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: private, no-cache" \
  "\r\nCross-Origin-Resource-Policy: same-origin"                                                           \
  "\r\nContent-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'"
#define PICTURE                                                                       \
  "\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: cross-origin" \
  "\r\nContent-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'"
#define PUBLIC_DATA                         \
  ALWAYS                                    \
  "\r\nCache-Control: public, max-age=3600" \
  "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'"
#define ASSET ALWAYS "\r\nReferrer-Policy: same-origin\r\nContent-Security-Policy: default-src 'none'; style-src 'self'"

namespace fifteen::http {

std::string_view security_headers(Guard guard, bool is_https) {
  switch (guard) {
    case Guard::data:
      return is_https ? DATA HSTS : DATA;
    case Guard::page:
      return is_https ? PAGE HSTS : PAGE;
    case Guard::kept_page:
      return is_https ? KEPT_PAGE HSTS : KEPT_PAGE;
    case Guard::picture:
      return is_https ? PICTURE HSTS : PICTURE;
    case Guard::public_data:
      return is_https ? PUBLIC_DATA HSTS : PUBLIC_DATA;
    case Guard::secret_page:
      return is_https ? SECRET_PAGE HSTS : SECRET_PAGE;
    case Guard::mail_body:
      return is_https ? MAIL_BODY HSTS : MAIL_BODY;
    case Guard::mail_body_with_pictures:
      return is_https ? MAIL_BODY_WITH_PICTURES HSTS : MAIL_BODY_WITH_PICTURES;
    case Guard::download:
      return is_https ? DOWNLOAD HSTS : DOWNLOAD;
    case Guard::asset:
      return is_https ? ASSET HSTS : ASSET;
  }
  return DATA;
}

}  // namespace fifteen::http
