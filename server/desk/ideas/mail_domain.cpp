#include "server/desk/ideas/mail_domain.hpp"

#include <algorithm>

#include <libpsl.h>

namespace fifteen::desk {
namespace {

// Sorted. Where anybody gets an address and nobody many; those that hand out addresses for ten minutes are not here.
constexpr std::string_view providers[] = {
    "126.com",     "163.com",        "alice.it",       "aol.com",      "att.net",     "bigpond.com", "bk.ru",
    "bluewin.ch",  "btinternet.com", "comcast.net",    "fastmail.com", "foxmail.com", "free.fr",     "gmail.com",
    "gmx.at",      "gmx.ch",         "gmx.com",        "gmx.de",       "gmx.net",     "hanmail.net", "hotmail.co.uk",
    "hotmail.com", "hotmail.de",     "hotmail.fr",     "hotmail.it",   "i.ua",        "icloud.com",  "inbox.ru",
    "interia.pl",  "laposte.net",    "libero.it",      "list.ru",      "live.com",    "mac.com",     "mail.com",
    "mail.ru",     "me.com",         "meta.ua",        "msn.com",      "naver.com",   "o2.pl",       "onet.pl",
    "orange.fr",   "outlook.com",    "outlook.de",     "outlook.it",   "pm.me",       "proton.me",   "protonmail.com",
    "qq.com",      "rambler.ru",     "rediffmail.com", "seznam.cz",    "sina.com",    "t-online.de", "terra.com.br",
    "tim.it",      "tiscali.it",     "ukr.net",        "uol.com.br",   "verizon.net", "virgilio.it", "wanadoo.fr",
    "web.de",      "wp.pl",          "ya.ru",          "yahoo.co.jp",  "yahoo.co.uk", "yahoo.com",   "yahoo.de",
    "yahoo.fr",    "yahoo.it",       "yandex.com",     "yandex.ru",    "ymail.com",   "zoho.com",
};
static_assert(std::ranges::is_sorted(providers));

}  // namespace

std::string owned_domain(std::string_view mail_domain) {
  if (std::ranges::binary_search(providers, mail_domain)) return {};
  const std::string domain(mail_domain);
  const char* registered = psl_registrable_domain(psl_builtin(), domain.c_str());
  return registered ? registered : domain;  // a suffix itself, or one that the list doesn't know
}

}  // namespace fifteen::desk
