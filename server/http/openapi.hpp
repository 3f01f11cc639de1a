#pragma once
#include <string_view>

namespace fifteen::http {

// The API's description (OpenAPI 3.1), as the program serves it.
std::string_view openapi_document();

}  // namespace fifteen::http
