const TABLE: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

/** CRC-32 of the UTF-8 bytes of a text as eight hex digits (ISO 3309, the one of gzip). */
export function crc32(text: string): string {
  let sum = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8)
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}
