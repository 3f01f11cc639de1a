#include "server/desk/mail/digest.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "server/http/fields.hpp"
#include "server/http/routes.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

Reply choice_json(const store::DigestChoice& choice) {
  return ok(json::object{{"wanted", choice.is_wanted}, {"zone", choice.zone}, {"language", choice.language}});
}

constexpr const char* for_managers = "The weekly figures go to managers and admins.";

}  // namespace

Reply read_digest_choice(store::Session& sql, const Call& call) {
  const auto choice = desk::digest_choice(sql, actor_of(call));
  return choice ? choice_json(*choice) : problem(choice.error(), errc::forbidden, for_managers);
}

Reply choose_digest(store::Session& sql, const Call& call) {
  if (const auto now = desk::digest_choice(sql, actor_of(call)); !now)
    return problem(now.error(), errc::forbidden, for_managers);
  Fields fields = Fields::of(call.request);
  const store::DigestChoice choice{.is_wanted = fields.flag("wanted", true),
                                   .zone = fields.text("zone", 64).value_or(""),
                                   .language = fields.text("language", 20).value_or("")};
  if (!fields.are_fine()) return fields.problem();
  if (const auto chosen = desk::choose_digest(sql, actor_of(call), choice); !chosen)
    return problem(chosen.error(), {}, {{"zone", "There is no such time zone."}});
  return choice_json(choice);
}

}  // namespace fifteen::http::routes
