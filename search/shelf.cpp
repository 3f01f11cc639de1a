#include "search/shelf.hpp"

#include <sys/stat.h>

namespace fifteen::search {
namespace {

std::array<std::int64_t, 4> birth_of(const std::filesystem::path& folder) {
  struct stat mark{};
  if (::stat((folder / schema::birth_mark).c_str(), &mark) != 0) return {};
  return {static_cast<std::int64_t>(mark.st_dev), static_cast<std::int64_t>(mark.st_ino), mark.st_ctim.tv_sec,
          mark.st_ctim.tv_nsec};
}

}  // namespace

Reader::Shelf::Handle Reader::Shelf::borrow() {
  const auto birth = birth_of(folder_);
  std::unique_lock lock(mutex_);
  if (!idle_.empty() && idle_.back().birth == birth) {
    Handle handle = std::move(idle_.back());
    idle_.pop_back();
    lock.unlock();
    handle.database.reopen();  // 4 µs when nothing was committed
    return handle;
  }
  idle_.clear();
  lock.unlock();
  Handle handle{Xapian::Database(folder_.string()), birth};
  if (handle.database.get_metadata(schema::version_key) != schema::version)
    throw Xapian::DatabaseVersionError("schema");
  return handle;
}

void Reader::Shelf::give_back(Handle handle) {
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(handle));
}

void Reader::Shelf::forget() {
  const std::scoped_lock lock(mutex_);
  idle_.clear();
}

}  // namespace fifteen::search
