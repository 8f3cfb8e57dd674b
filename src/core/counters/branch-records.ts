/** Code between two branches that the processor recorded one after the other: where the first went to, to where the second left. */
export interface Block {
  readonly object: string
  /** Link-time addresses of its first and of its last instruction. */
  readonly start: number
  readonly end: number
  readonly visits: number
  /** Cycles of all visits that the processor timed. */
  readonly cycles: number
}

/** One recorded branch, as run-time addresses. */
interface BranchRecord {
  readonly from: number
  readonly to: number
  /** Cycles since the branch before it; 0 where the processor does not tell. */
  readonly cycles: number
}

const RECORD = /^0x([0-9a-f]{1,16})\/0x([0-9a-f]{1,16})\/[^/]*\/[^/]*\/[^/]*\/(\d{1,9})(?:\/|$)/
/** The longest stack that any processor keeps is 64 (Arm's BRBE). */
const LONGEST_STACK = 256

/** The records of one sample as `perf script -F brstack` prints them, the newest first; what cannot be read ends the list. */
export function readBranchStack(text: string): readonly BranchRecord[] {
  const records: BranchRecord[] = []
  for (const word of text.trim().split(/\s+/, LONGEST_STACK)) {
    const [, from, to, cycles] = RECORD.exec(word) ?? []
    if (from === undefined) break
    records.push({ from: Number(`0x${from}`), to: Number(`0x${to}`), cycles: Number(cycles) })
  }
  return records
}

/** Longer than any code between two branches; a jump that was not recorded is in between. */
const LONGEST_BLOCK_BYTES = 16_384

/** A block of one sample as run-time addresses. */
type TimedBlock = Pick<Block, 'start' | 'end' | 'cycles'>

/** The timed blocks of a stack: each begins where the older branch went and ends where the newer one left, which has its cycles. */
export function blocksOf(records: readonly BranchRecord[]): readonly TimedBlock[] {
  return records.flatMap(({ from, cycles }, at) => {
    const older = records[at + 1]
    if (!older || cycles === 0 || from < older.to || from - older.to > LONGEST_BLOCK_BYTES) return []
    return [{ start: older.to, end: from, cycles }]
  })
}

const MOST_BLOCKS = 500_000

/** Blocks added up by object, first and last instruction. */
export interface BlockTable {
  readonly blocks: Map<string, { object: string; start: number; end: number; visits: number; cycles: number }>
}

export const emptyBlockTable = (): BlockTable => ({ blocks: new Map() })

/** Adds visits of one block to the table. */
export function addBlock({ blocks }: BlockTable, { object, start, end, visits, cycles }: Block): void {
  const key = `${start} ${end} ${object}`
  const known = blocks.get(key)
  if (known) {
    known.visits += visits
    known.cycles += cycles
  } else if (blocks.size < MOST_BLOCKS) blocks.set(key, { object, start, end, visits, cycles })
}
