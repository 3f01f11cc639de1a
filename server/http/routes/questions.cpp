#include "server/desk/mail/link_mail.hpp"
#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/download.hpp"
#include "server/http/form_trap.hpp"
#include "server/http/limits.hpp"
#include "server/http/link_form.hpp"
#include "server/http/portal.hpp"
#include "server/http/question_page.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/rate_limits.hpp"

// A customer's questions, without an account: the link in our mails opens one, and an address gets the links to its
// own. What is read changes nothing, because mail scanners open every link.
namespace fifteen::http::routes {
namespace {

constexpr store::RateLimit write_limit{.tries = 30, .window = std::chrono::minutes(15)};
constexpr store::RateLimit link_limit{.tries = 10, .window = std::chrono::minutes(15)};

Reply dead_link(const Call& call, error_code why) {
  if (why == errc::expired)
    return secret(page_problem(errc::expired, fresh_link_page(call, "/q/" + percent_encoded(call.parameter()), {})));
  return secret_problem(call, errc::not_found, "portal.rate_wrong_title", "portal.rate_wrong_text");
}

// A customer's mail quotes her link to us: what an agent does there is not the customer's word. A question of the
// agent's own she writes on as anybody does.
bool is_somebody_elses(store::Session& sql, const Call& call) {
  if (!call.caller.is_person()) return false;
  const auto holder = desk::holder_of_link(sql, call.parameter(), call.now);
  return holder && is_the_teams(call, holder->address);
}

Reply not_the_customer(const Call& call) {
  return secret_problem(call, errc::forbidden, "portal.rate_ours_title", "portal.rate_ours_text");
}

Reply back_to_question(const Call& call) {
  return secret(see_other(in_same_language(call, "/q/" + percent_encoded(call.parameter())) + "#last"));
}

Reply question_again(store::Session& sql, const Call& call, errc why, const TypedReply& typed) {
  const auto ticket = desk::open_public_ticket(sql, call.parameter(), call.now);
  if (!ticket) return dead_link(call, ticket.error());
  return secret(page_problem(why, question_html(sql, call, *ticket, typed)));
}

std::vector<desk::NewFile> files_in(const Form& form) {
  std::vector<desk::NewFile> files;
  for (const FormFile& file : form.files) files.push_back({file.name, file.content_type, file.bytes});
  return files;
}

bool has_room(store::Session& sql, const Call& call, const char* door, const store::RateLimit& limit) {
  return may_try(sql, call, door, limit);
}

using MailIt = void (*)(store::Session& sql, const Call& call, const desk::LinkWish& wish);

// Takes an address and mails what it asks for. Whoever asks is told the same, whether there was anything to mail.
Reply take_address(store::Session& sql, const Call& call, std::string (*form_page)(const Call&, const TypedAddress&),
                   MailIt mail_it) {
  const auto form = read_form(call.request);
  if (!form) return problem(form.error(), "This is a form, as a browser sends it.");
  TypedAddress typed{.email = std::string((*form)["email"]), .error = {}, .begun = {}};
  const auto again = [&](errc why, const char* error) {
    typed.error = error;
    return secret(page_problem(why, form_page(call, typed)));
  };
  if (!desk::is_usable_address(typed.email)) return again(errc::invalid, "portal.error_email");
  if (!looks_typed(call.setup.form_key, *form, call.now)) {
    typed.begun = begun_long_ago(call.setup.form_key, call.now);
    return again(errc::invalid, "portal.once_more");
  }
  if (!has_room(sql, call, "link:", link_limit)) return again(errc::too_many, "portal.rate_busy");
  mail_it(sql, call,
          {.address = typed.email,
           .language = std::string(language_of(call)),
           .site = may_mail_links(call.setup, call.request) ? base_url(call.setup, call.request) : ""});
  return secret(see_other(in_same_language(call, "/help/sent?what=link")));
}

}  // namespace

Reply question_page(store::Session& sql, const Call& call) {
  if (!admits(call.setup.ticket_pages, call))
    return retry_after(secret_problem(call, errc::too_many, "portal.question", "portal.rate_busy"), 60);
  const auto ticket = desk::open_public_ticket(sql, call.parameter(), call.now);
  if (!ticket) return dead_link(call, ticket.error());
  return secret_page(question_html(sql, call, *ticket, {}));
}

Reply reply_to_question(store::Session& sql, const Call& call) {
  if (is_somebody_elses(sql, call)) return not_the_customer(call);
  const auto form = read_form(call.request);
  if (!form) return question_again(sql, call, errc::invalid, {.text = {}, .error = "portal.error_upload"});
  std::string text((*form)["text"]);
  std::erase(text, '\r');  // a browser counts a line end as one character, and sends two
  const auto again = [&](errc why, const char* error) {
    return question_again(sql, call, why, {.text = text, .error = error});
  };
  if (!has_room(sql, call, "reply:", write_limit)) return again(errc::too_many, "portal.rate_busy");
  const auto kept = desk::keep_public_files(sql, files_in(*form), call.now);
  if (!kept) return again(static_cast<errc>(kept.error().value()), "portal.error_files");
  const auto message = desk::reply_by_link(sql, call.parameter(), text, *kept, call.now);
  if (message) return back_to_question(call);
  if (message.error() == errc::invalid)
    return again(errc::invalid, text.find_first_not_of(" \t\n") == std::string::npos ? "portal.error_text_missing"
                                                                                     : "portal.error_text_long");
  return dead_link(call, message.error());
}

Reply solve_question(store::Session& sql, const Call& call) {
  if (is_somebody_elses(sql, call)) return not_the_customer(call);
  const auto solved = desk::solve_by_link(sql, call.parameter(), call.now);
  if (!solved && solved.error() != errc::already_done) return dead_link(call, solved.error());
  return back_to_question(call);
}

Reply rate_question(store::Session& sql, const Call& call) {
  if (call.caller.is_person()) return not_the_customer(call);
  const auto form = read_form(call.request);
  const auto ticket = desk::open_public_ticket(sql, call.parameter(), call.now);
  if (!ticket) return dead_link(call, ticket.error());
  const std::string_view choice = form ? (*form)["choice"] : std::string_view();
  constexpr Score scores[] = {Score::kudos, Score::good, Score::bad};
  if (!ticket->answer || choice.size() != 1 || choice[0] < '1' || choice[0] > '3')
    return question_again(sql, call, errc::invalid, {.text = {}, .error = "portal.rate_choose"});
  if (!has_room(sql, call, "rate:", write_limit))
    return question_again(sql, call, errc::too_many, {.text = {}, .error = "portal.rate_busy"});
  const std::string token = desk::sign_rating(desk::signing_key(sql), ticket->answer->message, call.now);
  const std::string words = ticket->answer->rating ? ticket->answer->rating->comment : "";
  if (const auto rated = desk::rate(sql, token, scores[choice[0] - '1'], words, call.now); !rated)
    return dead_link(call, rated.error());
  return secret(see_other(in_same_language(call, "/rate/" + token)));
}

Reply question_file(store::Session& sql, const Call& call) {
  const auto id = call.id<AttachmentId>(1);
  auto found = id ? desk::open_public_file(sql, call.parameter(), *id, call.now) : id.error();
  return found ? download(call.request, std::move(*found)) : dead_link(call, found.error());
}

Reply mail_question_link(store::Session& sql, const Call& call) {
  return take_address(
      sql, call,
      [](const Call& again, const TypedAddress& typed) {
        return fresh_link_page(again, "/q/" + percent_encoded(again.parameter()), typed);
      },
      [](store::Session& session, const Call& of, const desk::LinkWish& wish) {
        desk::mail_fresh_ticket_link(session, of.parameter(), wish, of.now);
      });
}

Reply mail_rating_link(store::Session& sql, const Call& call) {
  return take_address(
      sql, call,
      [](const Call& again, const TypedAddress& typed) {
        return fresh_link_page(again, "/rate/" + percent_encoded(again.parameter()), typed);
      },
      [](store::Session& session, const Call& of, const desk::LinkWish& wish) {
        desk::mail_fresh_rating_link(session, of.parameter(), wish, of.now);
      });
}

Reply my_questions_page(store::Session&, const Call& call) {
  return page(my_questions_form(call, {}));
}

Reply mail_my_questions(store::Session& sql, const Call& call) {
  return take_address(sql, call, my_questions_form,
                      [](store::Session& session, const Call& of, const desk::LinkWish& wish) {
                        desk::mail_questions(session, brand_of(of), wish, of.now);
                      });
}

}  // namespace fifteen::http::routes
