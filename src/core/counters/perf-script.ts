/** A piece of a file (or of no file) in the address space of a process. */
export interface Mapping {
  readonly start: number
  readonly end: number
  readonly offset: number
  readonly path: string
}

/** Where one sample fell: a byte of a mapped file, or a run-time address outside every file. */
export interface SamplePlace {
  readonly object: string
  /** Offset in the file when `inFile`, else the run-time address. */
  readonly position: number
  readonly inFile: boolean
}

/** Reads `perf script -F pid,tid,ip --show-mmap-events --show-task-events` line after line. */
export interface PerfScriptReader {
  line(text: string): void
  end(): PerfScript
}

export interface PerfScript {
  readonly samples: number
  /** Samples by object, then by position. */
  readonly files: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly elsewhere: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly unread: number
}

/** Over all processes, and at one time in one process: placing a sample stays cheap whatever the output says. */
const MOST_MAPPINGS = 50_000
const MOST_MAPPINGS_AT_ONCE = 4_000
const MOST_POSITIONS = 2_000_000

const MMAP =
  /PERF_RECORD_MMAP2? (-?\d+)\/-?\d+: \[(0x[0-9a-f]{1,16}|0)\((0x[0-9a-f]{1,16}|0)\) @ (0x[0-9a-f]{1,16}|0)[^\]]*\]: (\S+) (.*)$/
const FORK = /PERF_RECORD_FORK\((\d+):\d+\):\((\d+):\d+\)/
const EXEC = /PERF_RECORD_COMM exec: .*:(\d+)\/\d+$/
const SAMPLE = /^\s*(-?\d+)\/-?\d+\s+([0-9a-f]{1,16})\s*$/

/** Keeps the mappings of every process as they change, and places each sample by the mappings of its moment. */
export function perfScriptReader(): PerfScriptReader {
  const spaces = new Map<number, readonly Mapping[]>()
  const files = new Map<string, Map<number, number>>()
  const elsewhere = new Map<string, Map<number, number>>()
  const counts = { samples: 0, unread: 0, mappings: 0, positions: 0 }

  const map = (fields: RegExpExecArray): void => {
    const start = Number(fields[2])
    const mapping = { start, end: start + Number(fields[3]), offset: Number(fields[4]), path: fields[6]! }
    if (!fields[5]!.includes('x') || ++counts.mappings > MOST_MAPPINGS) return
    const pid = Number(fields[1])
    spaces.set(pid, laidOver(spaces.get(pid) ?? [], mapping))
  }

  const sample = (pid: number, ip: number): void => {
    counts.samples++
    const { object, position, inFile } = placeOf(spaces.get(pid) ?? [], ip)
    const objects = inFile ? files : elsewhere
    const positions = objects.get(object) ?? new Map<number, number>()
    if (!positions.has(position) && ++counts.positions > MOST_POSITIONS) return
    objects.set(object, positions.set(position, (positions.get(position) ?? 0) + 1))
  }

  return {
    line(text) {
      if (text.trim() === '') return
      const taken = SAMPLE.exec(text)
      if (taken) return sample(Number(taken[1]), Number(`0x${taken[2]}`))
      const mapped = MMAP.exec(text)
      if (mapped) return map(mapped)
      const forked = FORK.exec(text)
      if (forked && forked[1] !== forked[2]) {
        spaces.set(Number(forked[1]), spaces.get(Number(forked[2])) ?? [])
        return
      }
      const replaced = EXEC.exec(text)
      if (replaced) spaces.delete(Number(replaced[1]))
      else if (!text.includes('PERF_RECORD_')) counts.unread++
    },
    end: () => ({ samples: counts.samples, files, elsewhere, unread: counts.unread }),
  }
}

/** A new mapping hides what it covers; what is left of the old ones on either side stays. The result is in ascending order. */
function laidOver(space: readonly Mapping[], fresh: Mapping): readonly Mapping[] {
  const before = space.filter(({ start }) => start < fresh.start)
  const last = before.at(-1)
  if (last && last.end > fresh.start) before[before.length - 1] = { ...last, end: fresh.start }
  const behind = [...(last ? [last] : []), ...space.filter(({ start }) => start >= fresh.start)].flatMap(
    old => {
      if (old.end <= fresh.end) return []
      const cut = Math.max(0, fresh.end - old.start)
      return [{ ...old, start: old.start + cut, offset: old.offset + cut }]
    },
  )
  const laid = [...before, fresh, ...behind]
  return laid.length > MOST_MAPPINGS_AT_ONCE ? laid.slice(1) : laid
}

function mappingAt(space: readonly Mapping[], ip: number): Mapping | undefined {
  let low = 0
  let high = space.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (space[middle]!.start <= ip) low = middle + 1
    else high = middle
  }
  const mapping = space[low - 1]
  return mapping && ip < mapping.end ? mapping : undefined
}

function placeOf(space: readonly Mapping[], ip: number): SamplePlace {
  const mapping = mappingAt(space, ip)
  if (!mapping) return { object: '[unknown]', position: ip, inFile: false }
  const inFile = mapping.path.startsWith('/') && !mapping.path.startsWith('//')
  return {
    object: mapping.path,
    position: inFile ? ip - mapping.start + mapping.offset : ip,
    inFile,
  }
}
