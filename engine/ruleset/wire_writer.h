// Writes Protocol Buffers' wire format without messages in between: what an answer repeats is written once at load, and
// copied from there.
#ifndef MYOKINE_ENGINE_RULESET_WIRE_WRITER_H_
#define MYOKINE_ENGINE_RULESET_WIRE_WRITER_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace myokine {

// One message, written field by field. As in proto3, what is zero or empty is left out, unless a function says
// otherwise. Used again after Clear, it allocates only to grow.
class WireWriter {
 public:
  void Clear() { size_ = 0; }
  // What was written; good until the next change.
  std::string_view bytes() const { return {data_.get(), size_}; }

  // Strings and enclosed messages, empty ones too.
  void Bytes(int field, std::string_view value) {
    char* at = Room(value.size() + kMostVarint * 2);
    at = PutVarint(PutTag(at, field, kLengthDelimited), value.size());
    std::memcpy(at, value.data(), value.size());
    End(at + value.size());
  }
  void Text(int field, std::string_view value) {
    if (!value.empty()) Bytes(field, value);
  }
  // int32, int64, bool and enum fields.
  void Int(int field, int64_t value) {
    if (value != 0) AlwaysInt(field, value);
  }
  void AlwaysInt(int field, int64_t value) {
    char* at = Room(kMostVarint * 2);
    End(PutVarint(PutTag(at, field, kVarint), static_cast<uint64_t>(value)));
  }
  void Double(int field, double value) {
    if (std::bit_cast<uint64_t>(value) != 0) AlwaysDouble(field, value);
  }
  void AlwaysDouble(int field, double value) {
    char* at = PutTag(Room(kMostVarint + 8), field, kFixed64);
    std::memcpy(at, &value, 8);
    End(at + 8);
  }
  // Fields that were written before.
  void Raw(std::string_view fields) {
    char* at = Room(fields.size());
    std::memcpy(at, fields.data(), fields.size());
    End(at + fields.size());
  }
  // An enclosed message that `fill()` writes.
  template <typename Fill>
  void Message(int field, Fill&& fill) {
    End(PutTag(Room(kMostVarint * 2), field, kLengthDelimited) + 1);
    const size_t begin = size_;
    std::forward<Fill>(fill)();
    const size_t length = size_ - begin;
    char varint[kMostVarint];
    const size_t width = static_cast<size_t>(PutVarint(varint, length) - varint);
    if (width > 1) {  // the length takes more than the byte that was left for it
      Room(width);
      std::memmove(&data_[begin + width - 1], &data_[begin], length);
      size_ += width - 1;
    }
    std::memcpy(&data_[begin - 1], varint, width);
  }

 private:
  static_assert(std::endian::native == std::endian::little);
  static constexpr size_t kMostVarint = 10;
  enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2 };

  static char* PutVarint(char* at, uint64_t value) {
    for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
    *at++ = static_cast<char>(value);
    return at;
  }
  static char* PutTag(char* at, int field, WireType type) {
    return PutVarint(at, static_cast<uint32_t>(field) << 3 | type);
  }
  // The end of what was written, with room for `more` bytes.
  char* Room(size_t more) {
    if (size_ + more > capacity_) Grow(size_ + more);
    return &data_[size_];
  }
  void End(const char* end) { size_ = static_cast<size_t>(end - data_.get()); }
  void Grow(size_t least) {
    const size_t capacity = least * 2;
    std::unique_ptr<char[]> grown(new char[capacity]);
    if (size_ > 0) std::memcpy(grown.get(), data_.get(), size_);
    data_ = std::move(grown);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  size_t size_ = 0, capacity_ = 0;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_WIRE_WRITER_H_
