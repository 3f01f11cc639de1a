#include <cstdint>
#include <cstdlib>

#include "server/http/request.hpp"
#include "tests/support/reading.hpp"

// Any bytes are read to the same end however they are cut; what is read keeps within its limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen;
  if (size < 1) return 0;
  const std::size_t step = 1 + data[0] % 32;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const test::Reading cut = test::read_request(bytes, step);
  const test::Reading whole = test::read_request(bytes, bytes.size() + 1);
  if (whole.is_complete != cut.is_complete || (whole.is_complete && !(whole == cut))) std::abort();
  if (whole.body.size() > 100 || whole.target.size() > 50) std::abort();

  http::form_fields(bytes);
  if (const auto decoded = percent_decoded(bytes, true))
    if (!is_utf8(*decoded) || percent_decoded(percent_encoded(*decoded), false) != *decoded) std::abort();
  return 0;
}
