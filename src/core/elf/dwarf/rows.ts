import { ElfError } from '../errors.ts'

/** A stretch of addresses that one piece of a line program describes; its rows follow each other. */
export interface Sequence {
  readonly low: number
  readonly high: number
  readonly first: number
  readonly count: number
}

/** All rows in the order of the programs: distance from the sequence's low address, file index and line in parallel arrays. */
export interface Rows {
  readonly distances: Uint32Array
  readonly files: Uint32Array
  readonly lines: Uint32Array
  /** Ascending by low address. */
  readonly sequences: readonly Sequence[]
}

/** Gathers rows as line programs yield them. */
export interface RowSink {
  row(address: number, file: number, line: number): void
  endSequence(address: number): void
  finish(): Rows
}

/** 192 MB of rows; the line programs of LLVM have 6 million. */
const mostRows = 16 * 1024 * 1024

function grown(array: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size)
  larger.set(array)
  return larger
}

/**
 * Gathers rows into typed arrays. Rows that repeat the one before, that go backwards or that are in a sequence that
 * `wanted` refuses (code that the linker dropped keeps its line program, at address 0) are left out.
 */
export function gatherRows(wanted: (low: number) => boolean): RowSink {
  let [distances, files, lines] = [new Uint32Array(64), new Uint32Array(64), new Uint32Array(64)]
  const sequences: Sequence[] = []
  let [first, count, low, last] = [0, 0, -1, -1]
  return {
    row: (address, file, line) => {
      if (count === first) low = address
      else if (address < last || address - low > 0xffffffff) return
      last = address
      const before = count - 1
      if (count > first && files[before] === file && lines[before] === line) return
      if (count === distances.length) {
        if (count >= mostRows)
          throw new ElfError('The program has more than 16 million debug lines: build with -g1.')
        const size = Math.min(mostRows, count * 2)
        distances = grown(distances, size)
        files = grown(files, size)
        lines = grown(lines, size)
      }
      distances[count] = address - low
      files[count] = file
      lines[count] = line
      count++
    },
    endSequence: address => {
      if (count > first && address > low && wanted(low)) {
        sequences.push({ low, high: Math.max(address, last), first, count: count - first })
        first = count
      } else count = first
    },
    finish: () => ({
      distances: distances.subarray(0, count),
      files: files.subarray(0, count),
      lines: lines.subarray(0, count),
      sequences: sequences.sort((a, b) => a.low - b.low),
    }),
  }
}
