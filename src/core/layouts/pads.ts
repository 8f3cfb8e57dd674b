import { uniform } from '../statistics/random.ts'

/** Sections of random size that part the sections around them by other distances in every layout. */
export interface Pad {
  readonly section: string
  /** A hidden symbol at its start, which makes a linker that drops unused sections keep it. */
  readonly symbol: string
  readonly bytes: number
}

const PADS_A_KIND = 24
/** One page less a byte, so that every offset in a page can come out. */
const MOST_BYTES = 4095

/** The pads of one layout: 24 in the code and 24 in the data, the same for the same seed. */
export function padsOf(seed: number): readonly Pad[] {
  const next = uniform(seed)
  return ['text', 'data'].flatMap(kind =>
    Array.from({ length: PADS_A_KIND }, (_, at) => ({
      section: `.${kind}.perf_verdict_pad_${at}`,
      symbol: `perf_verdict_pad_${kind}_${at}`,
      bytes: 1 + Math.floor(next() * MOST_BYTES),
    })),
  )
}

/** Assembler source of an object that holds the pads; GNU as and clang read it, on every architecture. */
export function padSource(pads: readonly Pad[]): string {
  const body = pads.map(({ section, symbol, bytes }) => {
    const flags = section.startsWith('.text') ? 'ax' : 'aw'
    return [
      `.section ${section},"${flags}",%progbits`,
      `.globl ${symbol}`,
      `.hidden ${symbol}`,
      `${symbol}:`,
      `.zero ${bytes}`,
    ].join('\n')
  })
  return `${body.join('\n')}\n.section .note.GNU-stack,"",%progbits\n`
}
