#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "server/http/reply.hpp"

namespace fifteen::http {

// The fields of a request's JSON object, read one by one; what is wrong with any is gathered, so that one answer names
// them all. Depth and sizes are capped; text is UTF-8 without control characters but tab and line ends.
class Fields {
 public:
  // The body must be of this type; another one is no object that can be read.
  static Fields of(const Request& request, std::string_view type = "application/json");

  // A text of 1 to `max` bytes, trimmed; "" (and an error) when it is missing.
  std::string need_text(std::string_view name, std::size_t max);
  // nullopt when it is absent or null. May be empty.
  std::optional<std::string> text(std::string_view name, std::size_t max);
  // An address as far as a form can tell, in lower case.
  std::string need_email(std::string_view name);
  bool flag(std::string_view name, bool otherwise);
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
  // A key as we send them, "4221"; errors name it.
  std::optional<std::int64_t> id(std::string_view name);
  std::vector<std::int64_t> ids(std::string_view name, std::size_t most);
  std::vector<std::string> texts(std::string_view name, std::size_t most, std::size_t max);
  // The members of a list of at most `most` objects, each to be read as fields of its own.
  std::vector<Fields> objects(std::string_view name, std::size_t most);
  // nullopt when it is absent or null.
  std::optional<Fields> object(std::string_view name);
  const boost::json::object& members() const { return object_; }
  bool has(std::string_view name) const { return object_.contains(name); }
  bool is_null(std::string_view name) const;

  // The first complaint about a field is the one that is told.
  void complain(std::string_view name, std::string message);
  // What is wrong with a part of it is told as wrong with `name`: "Entry 2: …".
  void complain(std::string_view name, std::string_view which, const Fields& part);
  bool are_fine() const { return errors_.empty() && !is_unreadable_; }
  // The problem document that says what is wrong.
  Reply problem() const;

 private:
  boost::json::object object_;
  std::vector<FieldError> errors_;
  bool is_unreadable_ = false;
};

// Is it an address as far as can be told without writing to it?
bool looks_like_email(std::string_view text);

}  // namespace fifteen::http
