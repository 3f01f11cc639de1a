#include "server/store/backup_file.hpp"

#include <bit>

#include <sodium.h>

#include "server/base/bytes.hpp"

namespace fifteen::store {
namespace {

constexpr std::string_view first_line = "fifteen backup 1\n";
constexpr std::size_t frame_bytes = 256 * KiB;   // rows are gathered up to here
constexpr std::size_t longest_frame = 64 * MiB;  // a row has a mail's text or a blob's chunk at most
constexpr std::size_t checksum_bytes = 8;

std::string sha256(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

void put_number(std::string& out, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i));
}
void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size(), 4);
  out += text;
}
void put_value(std::string& out, const Value& value) {
  out += "nirt"[value.index()];
  if (const auto* integer = std::get_if<std::int64_t>(&value)) put_number(out, static_cast<std::uint64_t>(*integer), 8);
  if (const auto* real = std::get_if<double>(&value)) put_number(out, std::bit_cast<std::uint64_t>(*real), 8);
  if (const auto* text = std::get_if<std::string>(&value)) put_text(out, *text);
}

// Takes a frame's payload apart.
class Payload {
 public:
  explicit Payload(std::string_view bytes) : rest_(bytes) {}
  bool is_empty() const { return rest_.empty(); }
  std::string_view take(std::size_t count) {
    if (count > rest_.size()) throw BrokenBackup("the backup is altered: a frame is shorter than it says");
    const auto bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }
  std::uint64_t number(int bytes) {
    std::uint64_t number = 0;
    const auto taken = take(static_cast<std::size_t>(bytes));
    for (int i = 0; i < bytes; ++i)
      number |= std::uint64_t{static_cast<unsigned char>(taken[static_cast<std::size_t>(i)])} << (8 * i);
    return number;
  }
  std::string text() { return std::string(take(number(4))); }
  Value value() {
    switch (take(1)[0]) {
      case 'n':
        return {};
      case 'i':
        return static_cast<std::int64_t>(number(8));
      case 'r':
        return std::bit_cast<double>(number(8));
      case 't':
        return text();
      default:
        throw BrokenBackup("the backup is altered: a value of an unknown kind");
    }
  }

 private:
  std::string_view rest_;
};

struct Frame {
  char letter = 0;
  std::string payload;
};

Frame read_frame(std::istream& in, std::string& checksums) {
  char head[5];
  if (!in.read(head, sizeof head)) throw BrokenBackup("the backup is cut short");
  const auto length = Payload({head + 1, 4}).number(4);
  if (length > longest_frame) throw BrokenBackup("the backup is altered: a frame is longer than any can be");
  Frame frame{head[0], std::string(length, '\0')};
  char checksum[checksum_bytes];
  if (!in.read(frame.payload.data(), static_cast<std::streamsize>(length)) || !in.read(checksum, sizeof checksum))
    throw BrokenBackup("the backup is cut short");
  const std::string_view given(checksum, sizeof checksum);
  if (frame.letter != 'Z') {
    if (sha256(std::string(1, frame.letter) + frame.payload).substr(0, checksum_bytes) != given)
      throw BrokenBackup("the backup is altered: a checksum does not fit");
    checksums += given;
  }
  return frame;
}

}  // namespace

RowDigest::RowDigest() {
  crypto_hash_sha256_init(&state_);
}
void RowDigest::add(const Value* cells, std::size_t count) {
  std::string row;
  for (std::size_t i = 0; i < count; ++i) put_value(row, cells[i]);
  crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(row.data()), row.size());
  ++rows_;
}
TableEnd RowDigest::finish() {
  TableEnd end{rows_, std::string(crypto_hash_sha256_BYTES, '\0')};
  crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(end.digest.data()));
  *this = RowDigest();
  return end;
}

BackupWriter::BackupWriter(std::ostream& out) : out_(out) {
  out_ << first_line;
}

void BackupWriter::frame(char letter, std::string_view payload) {
  std::string head(1, letter);
  put_number(head, payload.size(), 4);
  const std::string checksum = sha256(std::string(1, letter).append(payload)).substr(0, checksum_bytes);
  checksums_ += checksum;
  out_ << head << payload << checksum;
}

void BackupWriter::begin_database(const std::string& name, std::int64_t schema) {
  std::string payload;
  put_text(payload, name);
  put_number(payload, static_cast<std::uint64_t>(schema), 8);
  frame('D', payload);
}

void BackupWriter::begin_table(const TableHead& head) {
  std::string payload;
  put_text(payload, head.name);
  put_number(payload, head.columns.size(), 4);
  for (const std::string& column : head.columns) put_text(payload, column);
  frame('T', payload);
}

void BackupWriter::row(const Value* cells, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) put_value(rows_, cells[i]);
  digest_.add(cells, count);
  if (rows_.size() >= frame_bytes) flush_rows();
}

void BackupWriter::flush_rows() {
  if (!rows_.empty()) frame('R', rows_);
  rows_.clear();
}

TableEnd BackupWriter::end_table() {
  flush_rows();
  TableEnd end = digest_.finish();
  std::string payload;
  put_number(payload, static_cast<std::uint64_t>(end.rows), 8);
  put_text(payload, end.digest);
  frame('E', payload);
  return end;
}

void BackupWriter::finish() {
  const std::string all = sha256(checksums_);
  frame('Z', all);
  out_.flush();
}

void read_backup(std::istream& in, const BackupVisitor& visitor) {
  std::string line(first_line.size(), '\0');
  if (!in.read(line.data(), static_cast<std::streamsize>(line.size())) || line != first_line)
    throw BrokenBackup("this is no backup of Fifteen");
  std::string checksums;
  TableHead table;
  RowDigest digest;
  std::vector<Value> cells;
  for (;;) {
    const Frame frame = read_frame(in, checksums);
    Payload payload(frame.payload);
    switch (frame.letter) {
      case 'D': {
        const std::string name = payload.text();
        visitor.database(name, static_cast<std::int64_t>(payload.number(8)));
        break;
      }
      case 'T':
        table = {payload.text(), {}};
        for (auto left = payload.number(4); left > 0; --left) table.columns.push_back(payload.text());
        if (table.columns.empty()) throw BrokenBackup("the backup is altered: a table without columns");
        visitor.table(table);
        break;
      case 'R':
        while (!payload.is_empty()) {
          cells.clear();
          for (std::size_t i = 0; i < table.columns.size(); ++i) cells.push_back(payload.value());
          digest.add(cells.data(), cells.size());
          visitor.row(cells);
        }
        break;
      case 'E': {
        const TableEnd counted = digest.finish();
        const auto rows = static_cast<std::int64_t>(payload.number(8));
        if (rows != counted.rows || payload.text() != counted.digest)
          throw BrokenBackup("the backup is altered: table " + table.name + " does not hold what its end says");
        visitor.table_end(counted);
        break;
      }
      case 'Z':
        if (payload.take(crypto_hash_sha256_BYTES) != sha256(checksums))
          throw BrokenBackup("the backup is altered: frames are missing");
        return;
      default:
        throw BrokenBackup("the backup is altered: a frame of an unknown kind");
    }
  }
}

}  // namespace fifteen::store
