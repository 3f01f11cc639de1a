#include "mail/smtp_session.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "mail/ascii.hpp"
#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

// A message that is refused for its size may go on for this much longer before the connection is cut.
constexpr std::size_t patience_bytes = 10u << 20;

// The path behind "FROM:" or "TO:"; some senders put a blank before it.
std::optional<std::string_view> after_keyword(std::string_view argument, std::string_view keyword) {
  if (!starts_with_word(argument, keyword)) return std::nullopt;
  return trim(argument.substr(keyword.size()));
}

std::optional<std::size_t> to_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec == std::errc::result_out_of_range) return SIZE_MAX;
  if (ec != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Answer answer_for(SmtpData::Fault fault) {
  switch (fault) {
    case SmtpData::Fault::bare_line_end:
      return Answer::bare_line_end;
    case SmtpData::Fault::nul_byte:
      return Answer::nul_byte;
    case SmtpData::Fault::too_large:
      return Answer::too_large;
    default:
      return Answer::no_room;
  }
}

}  // namespace

SmtpSession::SmtpSession(SmtpRules rules, SmtpHooks hooks) : rules_(std::move(rules)), hooks_(std::move(hooks)) {
  output_ = greeting_line(rules_.host_name, rules_.lmtp);
}

void SmtpSession::say(Answer answer) {
  output_ += line_of(answer);
}

void SmtpSession::complain(Answer answer) {
  say(answer);
  if (++errors_ >= rules_.errors) end(Answer::too_many_errors);
}

void SmtpSession::refuse(Answer answer) {
  if (hooks_.on_refused) hooks_.on_refused(answer);
  complain(answer);
}

SmtpSession::Wish SmtpSession::end(Answer reason) {
  say(reason);
  return wish_ = Wish::close;
}

void SmtpSession::reset_transaction() {
  sender_given_ = utf8_ = false;
  mail_ = {};
  data_.reset();
}

SmtpSession::Wish SmtpSession::feed(std::string_view bytes) {
  input_.append(bytes);
  return run();
}

SmtpSession::Wish SmtpSession::run() {
  std::string_view rest = input_;
  while (!rest.empty() && wish_ == Wish::read) {
    if (state_ == State::skipping) {
      const auto count = std::min(skip_bytes_, rest.size());
      rest.remove_prefix(count);
      skip_bytes_ -= count;
      if (skip_bytes_ > 0) continue;
      state_ = State::command;
      complain(Answer::not_offered);
    } else if (state_ == State::data) {
      if (data_->read(rest))
        end_data();
      else if (data_->seen_bytes() > rules_.message_bytes + patience_bytes)
        end(Answer::too_large);
    } else {
      const auto before = rest.size();
      read_command(rest);
      if (rest.size() == before) break;  // half a line
    }
  }
  input_.erase(0, input_.size() - rest.size());
  if (input_.empty() && input_.capacity() > 64u << 10) input_.shrink_to_fit();
  return wish_;
}

void SmtpSession::read_command(std::string_view& rest) {
  const auto end_of_line = rest.find('\n');
  if (end_of_line == std::string_view::npos) {
    if (rest.size() > rules_.line_bytes) {
      overlong_ = true;
      rest = {};
    }
    return;
  }
  auto line = rest.substr(0, end_of_line);
  rest.remove_prefix(end_of_line + 1);
  if (std::exchange(overlong_, false) || line.size() > rules_.line_bytes) return complain(Answer::line_too_long);
  // A line that ends in a bare LF is an error, not a command: were it obeyed, a server before us might have read the
  // same bytes as text.
  if (!line.ends_with('\r') ||
      line.substr(0, line.size() - 1).find_first_of(std::string_view("\r\0", 2)) != std::string_view::npos)
    return complain(Answer::bad_line_end);
  line.remove_suffix(1);
  if (++commands_ > rules_.commands) {
    end(Answer::too_many_commands);
    return;
  }
  obey(line);
}

void SmtpSession::obey(std::string_view line) {
  const auto verb = line.substr(0, line.find(' '));
  const auto argument = trim(line.substr(verb.size()));
  const auto is = [verb](std::string_view name) { return same_word(verb, name); };
  if (is("MAIL")) return mail_from(argument);
  if (is("RCPT")) return rcpt_to(argument);
  if (is("DATA")) return argument.empty() ? begin_data() : complain(Answer::bad_arguments);
  if (is("EHLO") || is("HELO") || is("LHLO")) return hello(verb, argument);
  if (is("RSET")) {
    reset_transaction();
    return say(Answer::ok);
  }
  if (is("NOOP")) return say(Answer::ok);
  if (is("QUIT")) return void(end(Answer::goodbye));
  if (is("VRFY")) return argument.empty() ? complain(Answer::bad_arguments) : say(Answer::cannot_verify);
  if (is("HELP")) return say(Answer::help);
  if (is("STARTTLS") && rules_.offers_tls) return argument.empty() ? start_tls() : complain(Answer::bad_arguments);
  if (is("BDAT")) return skip_chunk(argument);
  constexpr std::array left_out = {"EXPN", "STARTTLS", "AUTH", "ETRN", "TURN", "SEND", "SOML", "SAML", "XCLIENT"};
  complain(std::ranges::any_of(left_out, is) ? Answer::not_offered : Answer::unknown_command);
}

void SmtpSession::hello(std::string_view verb, std::string_view argument) {
  const bool lhlo = same_word(verb, "LHLO");
  if (lhlo != rules_.lmtp) return complain(rules_.lmtp ? Answer::say_lhlo : Answer::unknown_command);
  if (argument.empty() || argument.size() > 255 || !is_valid_utf8(argument)) return complain(Answer::bad_arguments);
  reset_transaction();
  client_name_ = argument;
  greeted_ = true;
  std::vector<std::string> keywords;
  if (!same_word(verb, "HELO")) {
    keywords = {"PIPELINING", "SIZE " + std::to_string(rules_.message_bytes), "8BITMIME", "SMTPUTF8",
                "ENHANCEDSTATUSCODES"};
    if (rules_.offers_tls && !encrypted_) keywords.emplace_back("STARTTLS");
    keywords.emplace_back("HELP");
  }
  output_ += hello_lines(rules_.host_name, keywords);
}

std::optional<Answer> SmtpSession::check_sender_parameters(const SmtpPath& path) const {
  bool utf8 = false;
  for (const auto& [name, value] : path.parameters) {
    if (name == "size") {
      const auto size = to_number(value);
      if (!size) return Answer::bad_parameter;
      if (*size > rules_.message_bytes) return Answer::too_large;
    } else if (name == "body") {
      if (!same_word(value, "7BIT") && !same_word(value, "8BITMIME")) return Answer::bad_parameter;
    } else if (name == "smtputf8" && value.empty()) {
      utf8 = true;
    } else {
      return Answer::bad_parameter;
    }
  }
  if (!is_ascii(path.address) && !(utf8 && is_valid_utf8(path.address))) return Answer::needs_utf8;
  return std::nullopt;
}

void SmtpSession::mail_from(std::string_view argument) {
  if (!greeted_) return complain(rules_.lmtp ? Answer::say_lhlo : Answer::say_ehlo);
  if (sender_given_) return complain(Answer::sender_twice);
  const auto text = after_keyword(argument, "FROM:");
  auto path = text ? parse_path(*text) : std::nullopt;
  if (!path) return complain(Answer::bad_sender);
  if (const auto refusal = check_sender_parameters(*path))
    return *refusal == Answer::too_large ? refuse(*refusal) : complain(*refusal);
  utf8_ = std::ranges::any_of(path->parameters, [](const auto& p) { return p.name == "smtputf8"; });
  mail_.envelope = {std::move(path->address), {}, client_name_, {}, encrypted_};
  sender_given_ = true;
  say(Answer::sender_ok);
}

void SmtpSession::rcpt_to(std::string_view argument) {
  if (!sender_given_) return complain(Answer::sender_first);
  const auto text = after_keyword(argument, "TO:");
  const auto path = text ? parse_path(*text) : std::nullopt;
  if (!path || path->address.empty()) return complain(Answer::bad_recipient);
  if (!path->parameters.empty()) return complain(Answer::bad_parameter);
  if (!is_ascii(path->address) && !(utf8_ && is_valid_utf8(path->address))) return complain(Answer::needs_utf8);
  auto& recipients = mail_.envelope.recipients;
  if (recipients.size() >= rules_.recipients) return refuse(Answer::too_many_recipients);
  switch (hooks_.judge_recipient(path->address)) {
    case RecipientVerdict::unknown:
      return refuse(Answer::unknown_recipient);
    case RecipientVerdict::try_later:
      return refuse(Answer::try_later);
    case RecipientVerdict::accepted:
      break;
  }
  recipients.push_back(path->address);
  say(Answer::recipient_ok);
}

void SmtpSession::begin_data() {
  if (!sender_given_) return complain(Answer::sender_first);
  if (mail_.envelope.recipients.empty()) return complain(Answer::recipient_first);
  data_.emplace(rules_.message_bytes);
  state_ = State::data;
  say(Answer::send_data);
}

void SmtpSession::end_data() {
  state_ = State::command;
  const auto fault = data_->fault();
  recipients_of_mail_ = rules_.lmtp ? mail_.envelope.recipients.size() : 1;
  if (fault == SmtpData::Fault::none) {
    mail_.bytes = data_->take();
    wish_ = Wish::store;
    return;
  }
  reset_transaction();
  refuse(answer_for(fault));
  for (std::size_t i = 1; i < recipients_of_mail_ && wish_ == Wish::read; ++i) say(answer_for(fault));
}

SmtpSession::Wish SmtpSession::stored(Stored how) {
  wish_ = Wish::read;
  reset_transaction();
  if (how.outcome == Stored::Outcome::durable) {
    errors_ = commands_ = 0;
    // LMTP: one answer a recipient (RFC 2033, 4.2); the mail is stored once, for all of them.
    for (std::size_t i = 0; i < recipients_of_mail_; ++i) output_ += stored_line(how.id);
  } else {
    const auto answer = how.outcome == Stored::Outcome::no_room ? Answer::no_room : Answer::try_later;
    if (hooks_.on_refused) hooks_.on_refused(answer);
    for (std::size_t i = 0; i < recipients_of_mail_; ++i) say(answer);
  }
  return run();
}

void SmtpSession::start_tls() {
  if (encrypted_) return complain(Answer::tls_twice);
  say(Answer::start_tls);
  wish_ = Wish::start_tls;
}

void SmtpSession::tls_started() {
  // Commands sent ahead of the handshake could come from a man in the middle (CVE-2011-0411).
  input_.clear();
  reset_transaction();
  greeted_ = false;
  client_name_.clear();
  encrypted_ = true;
  wish_ = Wish::read;
}

// CHUNKING (RFC 3030) is not offered. Who sends BDAT nonetheless sends its octets right behind it: they are skipped, so
// that no text is obeyed as commands.
void SmtpSession::skip_chunk(std::string_view argument) {
  const auto size = to_number(argument.substr(0, argument.find(' ')));
  if (!size || *size > rules_.message_bytes) {
    say(Answer::not_offered);
    wish_ = Wish::close;
    return;
  }
  if (*size == 0) return complain(Answer::not_offered);
  skip_bytes_ = *size;
  state_ = State::skipping;
}

void SmtpSession::shed() {
  if (data_) data_->spoil(SmtpData::Fault::no_room);
}

std::size_t SmtpSession::held_bytes() const {
  return input_.size() + (data_ ? data_->held_bytes() : 0);
}

}  // namespace fifteen::mail
