import type { HistoryRecord, HistoryRow } from '../../src/core/history/record.ts'

/** A full hash that tells its number. */
export function sha(number: number): string {
  return number.toString(16).padStart(8, '0').repeat(5)
}

/** One benchmark's row around a true ratio, decided as a gate would with this interval. */
export function historyRow(name: string, ratio: number, overrides: Partial<HistoryRow> = {}): HistoryRow {
  const threshold = overrides.threshold ?? 0.05
  const half = 0.01
  const [low, high] = [ratio * (1 - half), ratio * (1 + half)]
  const decision = low > 1 + threshold ? 'slower' : high < 1 / (1 + threshold) ? 'faster' : 'unchanged'
  return {
    name,
    unit: 's',
    better: 'lower',
    threshold,
    decision,
    ratio,
    low,
    high,
    base: 0.017,
    head: 0.017 * ratio,
    ...overrides,
  }
}

/** The published times of a peak, 17, 29 and 17 again at 36af35, with thirty commits between that changed nothing. */
export function publishedPeak(): readonly HistoryRecord[] {
  const next = uniform(17)
  const called = new Map([[21, '36af35'.padEnd(40, '0')]])
  const name = (number: number) => called.get(number) ?? sha(number)
  return Array.from({ length: 33 }, (_, index) => {
    const number = index + 1
    const step = number === 11 ? 29 / 17 : number === 21 ? 17 / 29 : 1
    const row = historyRow(
      'call_method',
      step * (1 + (next() - 0.5) * 0.006),
      step === 1 ? {} : { cause: 'placement', shown: true },
    )
    const title = { 11: 'Tracebacks tell the operands', 21: 'Move the cold path' }[number]
    return historyRecord(number, [row], {
      commit: name(number),
      against: name(number - 1),
      ...(title !== undefined && { title }),
    })
  })
}

/** Commit `number` against `against` on some machine. */
export function historyRecord(
  number: number,
  rows: readonly HistoryRow[],
  overrides: Partial<HistoryRecord> = {},
): HistoryRecord {
  return {
    v: 1,
    commit: sha(number),
    against: sha(number - 1),
    relation: 'previous',
    title: `Change ${number}`,
    at: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString(),
    machine: 'AMD EPYC, 6.12',
    rows: [...rows],
    ...overrides,
  }
}

/** A year of a project: commits in order, with steps where they are asked for, an anchor now and then, and machines that change. */
export interface Year {
  readonly commits: number
  readonly benchmarks: number
  readonly seed: number
  /** True ratios by commit number, for the first benchmark. */
  readonly steps?: Readonly<Record<number, Partial<HistoryRow> & { readonly ratio: number }>>
}

export function aYear({ commits, benchmarks, seed, steps = {} }: Year): readonly HistoryRecord[] {
  const next = uniform(seed)
  const names = Array.from({ length: benchmarks }, (_, index) => `suite/benchmark_${index}`)
  const level = names.map(() => 1)
  return Array.from({ length: commits }, (_, index): readonly HistoryRecord[] => {
    const number = index + 1
    const rows = names.map((name, which) => {
      const { ratio = 1, ...rest } = (which === 0 && steps[number]) || {}
      level[which]! *= ratio
      return historyRow(name, ratio * (1 + (next() - 0.5) * 0.006), rest)
    })
    const machine = number % 400 < 200 ? 'AMD EPYC, 6.12' : 'Intel Xeon, 6.18'
    const own = historyRecord(number, rows, { machine })
    if (number % 100 !== 0) return [own]
    const direct = names.map((name, which) => historyRow(name, level[which]! * (1 + (next() - 0.5) * 0.006)))
    return [own, historyRecord(number, direct, { relation: 'release', against: sha(0), called: 'v1.0' })]
  }).flat()
}

function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
