#pragma once
#include <span>
#include <string_view>

// What mail clients of many languages write around a quoted mail. One line each; `line` is in ASCII lower case, without
// surrounding blanks.
namespace fifteen::mail {

// Holds a verb with which clients introduce a quote: "wrote", "schrieb", "a écrit", "写道"…
bool has_attribution_verb(std::string_view line);

// Looks like a date or a time of day: "2012/4/2", "14:20", "Nov 2021".
bool has_date(std::string_view line);

// "-----Original Message-----" and its translations, without the dashes.
bool is_original_message_title(std::string_view words);

// "## Please type your reply above this line ##", with which help desks mark where their own text begins.
bool is_reply_above_line(std::string_view line);

// The field a line of a quoted header block is: "Von:", "*Sent:*", "À :".
enum class HeaderField { none, from, date, to, subject };
HeaderField header_field(std::string_view line);

// "Sent from my iPhone", "Envoyé à partir de Outlook pour iOS": a whole line, not a sentence that begins so.
bool is_device_signature(std::string_view line);

// "Best regards", "Mit freundlichen Grüßen", "Merci": closes a letter.
bool is_sign_off(std::string_view line);

}  // namespace fifteen::mail
