#include "server/store/session.hpp"

#include <algorithm>
#include <array>

namespace fifteen::store {

bool Session::insert_new(std::string_view into, std::initializer_list<Bind> binds) {
  // MariaDB's INSERT IGNORE would also swallow values that do not fit, in strict mode too; a key that is updated to
  // itself is exact.
  if (backend() == Backend::sqlite)
    return run("INSERT INTO " + std::string(into) + " ON CONFLICT DO NOTHING", binds) == 1;
  try {
    return run("INSERT INTO " + std::string(into), binds) == 1;
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseError::Kind::duplicate) return false;
    throw;
  }
}

void Session::each_list(std::string_view sql, const std::vector<Value>& values, std::span<const Bind> others,
                        const std::function<void(std::string_view, std::span<const Bind>)>& run) {
  // Lists of three lengths, filled up with their last value, so that few statements are prepared.
  constexpr std::size_t most = 64;
  static constexpr std::size_t lengths[] = {1, 8, most};
  static const auto names = [] {
    std::array<std::string, most> all;
    for (std::size_t i = 0; i < most; ++i) all[i] = "v" + std::to_string(i);
    return all;
  }();
  for (std::size_t from = 0; from < values.size(); from += most) {
    const std::size_t count = std::min(most, values.size() - from);
    const std::size_t length = *std::ranges::lower_bound(lengths, count);
    std::vector<Bind> binds(others.begin(), others.end());
    std::string list;
    for (std::size_t i = 0; i < length; ++i) {
      binds.emplace_back(names[i].c_str(), nullptr).value = values[from + std::min(i, count - 1)];
      list += (i == 0 ? "(:" : ", :") + names[i];
    }
    std::string statement(sql);
    constexpr std::string_view mark = "{values}";
    statement.replace(statement.find(mark), mark.size(), list + ")");
    run(statement, binds);
  }
}

}  // namespace fifteen::store
