#pragma once
#include <filesystem>

namespace fifteen::app {

// Keeps a data folder to one server, for as long as it lives: the spool and the index in it are one server's own. The
// kernel gives it back however the process ends.
class FolderLock {
 public:
  // Throws Failure when another process has the folder.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace fifteen::app
