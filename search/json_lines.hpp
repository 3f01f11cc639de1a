#pragma once
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "search/complaint.hpp"

namespace fifteen::search {

// Reads a file of JSON objects, one a line; empty lines are passed over. The getters complain about a value of the
// wrong kind with the file's name and the line.
class JsonLines {
 public:
  JsonLines(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {}

  // The next object; nothing at the end.
  readable<std::optional<boost::json::object>> next();
  // A string; a number is taken as its digits. Missing: complains.
  readable<std::string> text(const boost::json::object& object, std::string_view key) const;
  // Missing or null: `otherwise`.
  readable<std::string> text_or(const boost::json::object& object, std::string_view key, std::string otherwise) const;
  readable<bool> flag_or(const boost::json::object& object, std::string_view key, bool otherwise) const;
  // A list of strings; missing or null: an empty one.
  readable<std::vector<std::string>> texts(const boost::json::object& object, std::string_view key) const;

  std::unexpected<Complaint> complain(std::string what) const {
    return std::unexpected(Complaint{name_, line_, std::move(what)});
  }
  std::size_t line() const { return line_; }

 private:
  std::istream& in_;
  std::string name_;
  std::size_t line_ = 0;
};

}  // namespace fifteen::search
