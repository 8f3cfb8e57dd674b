#pragma once
#include <cstddef>
#include <cstdint>

std::uint32_t adler32(const unsigned char *bytes, std::size_t size);
std::uint32_t fletcher16(const unsigned char *bytes, std::size_t size);
