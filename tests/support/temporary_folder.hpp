#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fifteen::test {

// A fresh folder, gone with the object.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& below = std::filesystem::temp_directory_path());
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes a file below the folder and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

// The whole file; throws when it can't be read.
std::string read_file(const std::filesystem::path& path);

// A file of tests/data.
std::string test_data(std::string_view name);

// The files of a folder of tests/data with that ending (".eml"), in the order of their names.
std::vector<std::filesystem::path> test_files(std::string_view folder, std::string_view ending);

}  // namespace fifteen::test
