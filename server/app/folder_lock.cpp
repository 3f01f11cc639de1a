#include "server/app/folder_lock.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "server/app/failure.hpp"

namespace fifteen::app {

FolderLock::FolderLock(const std::filesystem::path& folder)
    : descriptor_(open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0)
    throw Failure(Exit::cannot_create, (folder / "lock").string() + ": can't be made (" + std::strerror(errno) + ")");
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  close(descriptor_);
  throw Failure(Exit::unavailable, folder.string() +
                                       ": another fifteen serves this folder; stop it first, or choose "
                                       "another with --data");
}

FolderLock::~FolderLock() {
  close(descriptor_);
}

}  // namespace fifteen::app
