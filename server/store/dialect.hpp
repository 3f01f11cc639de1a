#pragma once
#include <string>
#include <string_view>

#include "server/store/session.hpp"

namespace fifteen::store {

// The few words in which SQLite and MariaDB differ, written {so} in migrations:
//   {key}      a table's own integer key, given out ascending (SQLite: AUTOINCREMENT, so that no id is ever used twice)
//   {us}       an instant in microseconds    {int}  a 64-bit integer    {real}  a double
//   {text N}   up to N characters, compared byte by byte
//   {long}     text up to 16 MiB             {blob} bytes up to 16 MiB
//   {table}    what stands behind a table's closing parenthesis
std::string to_dialect(std::string_view statement, Backend backend);

// To stand behind a table: read it by this index. MariaDB thinks a walk through half a table dear, forgets that LIMIT
// ends it, and compares only the equal columns: from the beginning of the shelf to the page's cursor, which takes 3 ms
// at 200,000.
std::string by_index(std::string_view name, Backend backend);
// Likewise, by its key.
std::string by_key(Backend backend);
// To stand at a SELECT's end: rows as they are now, kept so until the commit. MariaDB's plain SELECT reads them as they
// were when the transaction first read; SQLite has one writer, so that nothing changes under it.
std::string as_it_is(Backend backend);

}  // namespace fifteen::store
