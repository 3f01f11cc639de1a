#include <cstdint>
#include <cstdlib>

#include "server/base/percent.hpp"
#include "server/http/form.hpp"

// Any bytes are a form or none; what is read lies within the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fifteen;
  http::Request request;
  request.headers.add("content-type", "multipart/form-data; boundary=b");
  request.body.assign(reinterpret_cast<const char*>(data), size);
  const auto form = http::read_form(request);
  if (!form) return 0;
  for (const http::FormFile& file : form->files)
    if (file.bytes.data() < request.body.data() ||
        file.bytes.data() + file.bytes.size() > request.body.data() + request.body.size() || !is_utf8(file.name))
      std::abort();
  for (const auto& [name, value] : form->fields)
    if (!is_utf8(name) || !is_utf8(value)) std::abort();
  return 0;
}
