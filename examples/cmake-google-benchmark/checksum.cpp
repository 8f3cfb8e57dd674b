#include "checksum.h"

std::uint32_t adler32(const unsigned char *bytes, std::size_t size) {
  std::uint32_t low = 1, high = 0;
  for (std::size_t i = 0; i < size; i++) {
    low = (low + bytes[i]) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

std::uint32_t fletcher16(const unsigned char *bytes, std::size_t size) {
  std::uint32_t low = 0, high = 0;
  for (std::size_t i = 0; i < size; i++) {
    low = (low + bytes[i]) % 255;
    high = (high + low) % 255;
  }
  return high << 8 | low;
}
