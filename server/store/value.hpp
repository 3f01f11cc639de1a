#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include "server/base/clock.hpp"
#include "server/base/ids.hpp"

namespace fifteen::store {

// A cell of a row: NULL, a 64-bit integer, a double, or bytes.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

enum class Column : char { integer = 'i', real = 'r', bytes = 't' };

// How a C++ type is kept in a cell. Instants are microseconds, ids integers (0 is NULL), bools 0 and 1.
template <class T>
struct Cell;

template <class T>
  requires std::is_integral_v<T>
struct Cell<T> {
  static constexpr Column column = Column::integer;
  static Value write(T v) { return static_cast<std::int64_t>(v); }
  static T read(Value& v) { return static_cast<T>(std::get<std::int64_t>(v)); }
};
template <>
struct Cell<double> {
  static constexpr Column column = Column::real;
  static Value write(double v) { return v; }
  static double read(Value& v) { return std::get<double>(v); }
};
template <>
struct Cell<std::string> {
  static constexpr Column column = Column::bytes;
  static Value write(std::string v) { return v; }
  static std::string read(Value& v) { return std::move(std::get<std::string>(v)); }
};
template <>
struct Cell<std::string_view> {
  static Value write(std::string_view v) { return std::string(v); }
};
template <>
struct Cell<const char*> {
  static Value write(const char* v) { return std::string(v); }
};
template <std::size_t N>
struct Cell<char[N]> {
  static Value write(const char* v) { return std::string(v); }
};
template <>
struct Cell<Instant> {
  static constexpr Column column = Column::integer;
  static Value write(Instant v) { return to_us(v); }
  static Instant read(Value& v) { return from_us(std::get<std::int64_t>(v)); }
};
template <class Tag>
struct Cell<Id<Tag>> {
  static constexpr Column column = Column::integer;
  static Value write(Id<Tag> v) { return v ? Value(v.value) : Value(); }
  static Id<Tag> read(Value& v) { return Id<Tag>(v.index() == 0 ? 0 : std::get<std::int64_t>(v)); }
};
template <class T>
struct Cell<std::optional<T>> {
  static constexpr Column column = Cell<T>::column;
  static Value write(const std::optional<T>& v) { return v ? Cell<T>::write(*v) : Value(); }
  static std::optional<T> read(Value& v) {
    if (v.index() == 0) return {};
    return Cell<T>::read(v);
  }
};
template <>
struct Cell<std::nullptr_t> {
  static Value write(std::nullptr_t) { return {}; }
};

// A value for ":name" in a statement.
struct Bind {
  template <class T>
  Bind(const char* name_, const T& value_) : name(name_), value(Cell<std::remove_cvref_t<T>>::write(value_)) {}
  const char* name;
  Value value;
};

}  // namespace fifteen::store
