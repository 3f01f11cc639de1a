#include "server/http/openapi.hpp"

#include <stdexcept>

#include "server/base/embedded.hpp"

namespace fifteen::http {

std::string_view openapi_document() {
  for (const auto& [name, bytes] : embedded_openapi())
    if (name == "openapi.json") return bytes;
  throw std::logic_error("the program was built without its API description");
}

}  // namespace fifteen::http
