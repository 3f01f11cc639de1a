#pragma once
#include <span>
#include <string_view>

namespace fifteen {

// A file of the repository that the build copied into the binary (scripts/cmake/Embed.cmake). Lives as long as the
// program.
struct EmbeddedFile {
  std::string_view name;  // path below the embedded folder, '/' between its parts
  std::string_view bytes;
};

std::span<const EmbeddedFile> embedded_migrations();
std::span<const EmbeddedFile> embedded_templates();
std::span<const EmbeddedFile> embedded_locales();
std::span<const EmbeddedFile> embedded_web();
std::span<const EmbeddedFile> embedded_openapi();

}  // namespace fifteen
