#include "server/http/zip.hpp"

#include <boost/crc.hpp>

namespace fifteen::http {
namespace {

constexpr std::uint16_t version = 20, names_are_utf8 = 0x0800, first_of_1980 = 0x21;

void put16(std::string& out, std::size_t value) {
  out += static_cast<char>(value & 0xff);
  out += static_cast<char>(value >> 8 & 0xff);
}
void put32(std::string& out, std::size_t value) {
  put16(out, value & 0xffff);
  put16(out, value >> 16 & 0xffff);
}

}  // namespace

void Zip::add(std::string_view name, std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  const std::size_t at = out_.size();
  std::string about;
  put16(about, version);
  put16(about, names_are_utf8);
  put16(about, 0);  // stored
  put16(about, 0);  // midnight
  put16(about, first_of_1980);
  put32(about, crc.checksum());
  put32(about, bytes.size());
  put32(about, bytes.size());
  put16(about, name.size());
  put16(about, 0);
  out_.append("PK\x03\x04").append(about).append(name).append(bytes);
  directory_ += "PK\x01\x02";
  put16(directory_, version);
  directory_ += about;
  directory_.append(10, '\0');  // no remark, one disk, no attributes
  put32(directory_, at);
  directory_ += name;
  ++members_;
}

std::string Zip::finish() && {
  const std::size_t at = out_.size();
  out_ += directory_;
  out_.append("PK\x05\x06").append(4, '\0');
  put16(out_, members_);
  put16(out_, members_);
  put32(out_, directory_.size());
  put32(out_, at);
  put16(out_, 0);
  return std::move(out_);
}

}  // namespace fifteen::http
