#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What intake learns from a raw mail. Plain values, all text valid UTF-8.
namespace fifteen::mail {

struct Address {
  std::string name;     // decoded display name, may be empty
  std::string address;  // addr-spec as written, domain in lower case
};

enum class Disposition { attachment, inline_picture };

struct Part {
  std::string name;          // decoded file name, no path; may be empty
  std::string content_type;  // "image/png", lower case
  std::string content_id;    // without <>; may be empty
  Disposition disposition = Disposition::attachment;
  std::string bytes;  // transfer-decoded
};

// Where an automatic mail comes from; decides whether it may start a wait (docs/clock) or be answered (RFC 3834, 2).
// `auto_reply` is any mail a machine wrote to us alone; `bounce` any delivery report, of success and delay too (see
// `report`).
enum class Automatic { no, auto_reply, bounce, complaint, bulk };

struct DeliveryStatus {  // one recipient of a delivery report (RFC 3464)
  std::string recipient;
  std::string status;  // "5.1.1", may be empty
  bool permanent = false;
  bool delayed = false;
  bool bad_address = false;  // no such mailbox or domain, moved: it will never work (the others may, later)
};

struct DeliveryReport {
  std::vector<DeliveryStatus> recipients;
  std::string original_message_id;  // of the mail that came back, without <>; may be empty
  bool success = false;             // a report of delivery, not of failure
};

struct Message {
  std::optional<Address> from;
  std::vector<Address> reply_to, to, cc;
  std::string subject;
  std::string message_id;                            // without <>; empty when there is none usable
  std::vector<std::string> in_reply_to, references;  // without <>
  std::string text;          // the whole text body (from HTML where there is no text part), quotes included
  std::string visible_text;  // what the sender newly wrote: quoted thread and signature folded away
  std::string signature;     // what was folded away as the sender's signature, may be empty
  std::string html;          // the raw HTML body, not cleaned; empty when there is none
  std::vector<Part> parts;   // attachments and inline pictures, in the order of the mail
  Automatic automatic = Automatic::no;
  bool no_automatic_answer =
      false;  // never acknowledge (RFC 3834, 2), though a person may have written it; true for all but Automatic::no
  std::optional<DeliveryReport> report;
  std::string unreadable_because;  // not empty: the mail could not be parsed and `text` holds it raw, capped
};

// Ceilings on what a stranger's mail may cost. Over a limit the rest is left out and said in `unreadable_because` or
// skipped.
struct ReadLimits {
  std::size_t message_bytes = 50u << 20;
  std::size_t header_bytes = 1u << 20;
  std::size_t headers = 2000;
  int depth = 20;
  int parts = 500;
  std::size_t text_bytes = 4u << 20;
  int addresses = 1000;
};

}  // namespace fifteen::mail
