import type { FileBytes } from './elf.ts'

/** A range of a file, to be compared with a range of the same size of another. */
export interface FileRange {
  readonly file: FileBytes
  readonly offset: number
}

/** Two texts of equal length (the paths of the work trees) that count as the same where they face each other. */
export interface EqualTexts {
  readonly a: Uint8Array
  readonly b: Uint8Array
}

const utf8 = new TextEncoder()

/** Makes two paths count as the same; nothing does when their lengths differ, for then all behind them moves. */
export function equalTexts(a: string, b: string): EqualTexts {
  const [left, right] = [utf8.encode(a), utf8.encode(b)]
  return left.length === right.length ? { a: left, b: right } : { a: new Uint8Array(), b: new Uint8Array() }
}

/** How much of each file is in memory at a time. */
const chunk = 1024 * 1024

function holds(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  if (at < 0 || at + text.length > bytes.length) return false
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false
  return true
}

/** Where the facing texts end that cover an index, or -1 when none do. */
function endOfTexts(left: Uint8Array, right: Uint8Array, at: { index: number; texts: EqualTexts }): number {
  const { index, texts } = at
  const length = texts.a.length
  for (let start = index; start > index - length; start--)
    if (holds(left, start, texts.a) && holds(right, start, texts.b)) return start + length
  return -1
}

/** The first index from one on at which bytes differ, at most `stop`; runs of equal bytes are passed in words. */
function endOfEqual(left: Uint8Array, right: Uint8Array, at: { from: number; stop: number }): number {
  let index = at.from
  const equal = (): boolean => index < at.stop && left[index] === right[index]
  while (index % 4 !== 0 && equal()) index++
  if (index % 4 === 0 && left.byteOffset % 4 === 0 && right.byteOffset % 4 === 0) {
    const count = Math.floor(at.stop / 4)
    const a = new Uint32Array(left.buffer, left.byteOffset, count)
    const b = new Uint32Array(right.buffer, right.byteOffset, count)
    let word = index / 4
    while (word < count && a[word] === b[word]) word++
    index = Math.max(index, word * 4)
  }
  while (equal()) index++
  return index
}

/**
 * The distance from the beginning of two ranges at which they first differ, or undefined when they do not. A
 * megabyte of each is in memory at a time, with as much around it as a text may reach over.
 */
export function firstDifference(
  a: FileRange,
  b: FileRange,
  extent: { readonly size: number; readonly texts: EqualTexts },
): number | undefined {
  const { size, texts } = extent
  const margin = texts.a.length
  for (let next = 0; next < size; ) {
    const from = Math.max(0, next - margin)
    const length = Math.min(size, next + chunk + margin) - from
    const left = a.file.read(a.offset + from, length)
    const right = b.file.read(b.offset + from, length)
    if (left.length !== length || right.length !== length) return from + Math.min(left.length, right.length)
    const stop = Math.min(size, next + chunk) - from
    let index = endOfEqual(left, right, { from: next - from, stop })
    while (index < stop) {
      const end = endOfTexts(left, right, { index, texts })
      if (end < 0) return from + index
      index = endOfEqual(left, right, { from: end, stop })
    }
    next = from + index
  }
  return undefined
}
