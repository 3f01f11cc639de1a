#include "server/http/packed.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include "server/http/assets.hpp"

namespace fifteen::http {
namespace {

namespace zlib = boost::beast::zlib;

void put32(std::string& out, std::size_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xff);
}

// RFC 1952: a head that says nothing, deflate's bytes, a checksum and the length.
std::string gzip_of(std::string_view text) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  const std::size_t head = out.size();
  zlib::deflate_stream deflate;
  out.resize(head + deflate.upper_bound(text.size()));
  zlib::z_params stream;
  stream.next_in = text.data();
  stream.avail_in = text.size();
  stream.next_out = out.data() + head;
  stream.avail_out = out.size() - head;
  boost::system::error_code end;
  deflate.write(stream, zlib::Flush::finish, end);
  out.resize(head + stream.total_out);
  boost::crc_32_type crc;
  crc.process_bytes(text.data(), text.size());
  put32(out, crc.checksum());
  put32(out, text.size());
  return out;
}

}  // namespace

Reply packed(const Request& request, Reply reply) {
  if (!accepts_coding(request.headers["accept-encoding"], "gzip"))
    return std::move(reply).with("Vary", "Accept-Encoding");
  reply.body = gzip_of(reply.body);
  return std::move(reply).with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
}

}  // namespace fifteen::http
