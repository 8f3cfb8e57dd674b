import { MACHINES, simulate } from '../../__tests__/doubles/simulated-machine.ts'
import { creepsOf } from '../../src/core/history/creep.ts'
import { inheritedAcceptances } from '../../src/core/history/inherited.ts'
import type { HistoryRecord, HistoryRow } from '../../src/core/history/record.ts'
import { uniform } from '../../src/core/statistics/random.ts'

const THRESHOLD = 0.05
const ALPHA = 0.01
const MAX_ROUNDS = 40
/** About so many commits a day, so that a nightly comparison comes after each of these. */
const A_DAY = 6

/** An issue on one benchmark, and whether there was what it says. */
interface Issue {
  readonly name: string
  readonly commit: number
  /** The true level against that of the commit it was compared with. */
  readonly ratio: number
  readonly isFalse: boolean
}

/** What is put into a year, and what its gates make of it. */
export interface SimulatedYear {
  readonly records: readonly HistoryRecord[]
  readonly comparisons: number
  readonly creep: {
    readonly name: string
    readonly from: number
    readonly each: number
    readonly foundAt?: number
    /** Its true level against where it began when it was found. */
    readonly levelThen?: number
  }
  readonly peaks: readonly {
    readonly name: string
    readonly at: number
    readonly length: number
    readonly ratio: number
  }[]
  readonly accepted: readonly { readonly name: string; readonly at: number; readonly ratio: number }[]
  /** Benchmarks for which an issue was ever open, each with the commit that opened it. */
  readonly issues: readonly Issue[]
  /** True levels at the end, over those at the beginning. */
  readonly levels: ReadonlyMap<string, number>
}

export function simulateYear(of: {
  readonly commits: number
  readonly benchmarks: number
  readonly seed: number
}): SimulatedYear {
  const { commits, benchmarks, seed } = of
  const next = uniform(seed)
  const names = Array.from({ length: benchmarks }, (_, index) => `suite/benchmark_${index}`)
  const at = (share: number) => Math.floor(commits * share)
  const creep = { name: names[0]!, from: at(0.3), each: 0.003 }
  const peaks = [
    { name: names[1]!, at: at(0.1), length: 9, ratio: 29 / 17 },
    { name: names[2]!, at: at(0.5), length: 40, ratio: 1.25 },
    { name: names[3]!, at: at(0.8), length: 3, ratio: 0.7 },
  ]
  const accepted = [
    { name: names[4]!, at: at(0.4), ratio: 1.1 },
    { name: names[5]!, at: at(0.6), ratio: 1.2 },
  ]
  const levels = new Map(names.map(name => [name, 1]))
  /** True levels after each commit, by benchmark. */
  const truth: ReadonlyMap<string, number>[] = [new Map(levels)]
  const records: HistoryRecord[] = []
  const issues: Issue[] = []
  let comparisons = 0
  let machine = 1
  let foundAt: number | undefined
  let release = 0

  const compare = (number: number, against: number, name: string): HistoryRow => {
    comparisons += 1
    const ratio = truth[number]!.get(name)! / truth[against]!.get(name)!
    const answer = simulate({
      noise: MACHINES.quiet,
      head: ratio,
      mark: { threshold: THRESHOLD, better: 'lower' },
      family: { alpha: ALPHA, rows: benchmarks, asksFaster: true },
      maxRounds: MAX_ROUNDS,
      seed: Math.floor(next() * 2 ** 31),
    })
    const { change } = answer.summary
    const base = 0.017 * machine * truth[against]!.get(name)!
    const peak = peaks.find(
      each => each.name === name && (each.at === number || each.at + each.length === number),
    )
    const taken = accepted.find(each => each.name === name && each.at === number)
    const shown = answer.decision === 'slower' || answer.decision === 'faster'
    return {
      name,
      unit: 's',
      better: 'lower',
      decision: answer.decision,
      threshold: THRESHOLD,
      ...(change && { ratio: rounded(change.ratio), low: rounded(change.low), high: rounded(change.high) }),
      base: rounded(base),
      head: rounded(base * ratio),
      ...(shown && peak && { cause: 'placement', shown: true }),
      ...(shown && taken && { accepted: { by: '@ann', reason: 'bounds checks', bound: 1.3 } }),
    }
  }
  const record = (number: number, against: number, more: Partial<HistoryRecord>): HistoryRecord => ({
    v: 1,
    commit: sha(number),
    against: sha(against),
    relation: 'previous',
    title: `Change ${number}`,
    at: new Date(Date.UTC(2026, 0, 1) + (number * 86_400_000) / A_DAY).toISOString(),
    machine: machine === 1 ? 'AMD EPYC, 6.12' : 'Intel Xeon, 6.18',
    rows: names.map(name => compare(number, against, name)),
    ...more,
  })
  const nightly = (number: number, against: number, more: Partial<HistoryRecord>) => {
    const plain = record(number, against, more)
    const between = new Set(Array.from({ length: number - against }, (_, index) => sha(against + 1 + index)))
    const known = inheritedAcceptances(records, between)
    const rows = plain.rows.map(row => {
      const own = known.find(({ benchmark }) => benchmark === row.name)
      const covered = own && row.decision === 'slower' && row.ratio !== undefined && row.ratio <= own.bound
      return covered ? { ...row, accepted: { by: own.by, reason: own.reason, bound: own.bound } } : row
    })
    records.push({ ...plain, rows })
    for (const { name, commit, against: anchor } of creepsOf(records)) {
      const ratio = truth[numberOf(commit)]!.get(name)! / truth[numberOf(anchor)]!.get(name)!
      const isFalse = ratio <= 1 + THRESHOLD || accepted.some(each => each.name === name)
      if (!issues.some(each => each.name === name && each.isFalse === isFalse))
        issues.push({ name, commit: number, ratio, isFalse })
      if (name === creep.name) foundAt ??= number
    }
  }

  for (let number = 1; number <= commits; number++) {
    if (next() < 1 / 200) machine = machine === 1 ? 1.3 : 1
    for (const name of names) {
      // Every commit moves everything by a hair.
      let step = Math.exp((next() - 0.5) * 0.0004)
      if (name === creep.name && number > creep.from && foundAt === undefined) step *= 1 + creep.each
      for (const peak of peaks) {
        if (peak.name !== name) continue
        if (number === peak.at) step *= peak.ratio
        if (number === peak.at + peak.length) step /= peak.ratio
      }
      for (const { ratio, ...taken } of accepted)
        if (taken.name === name && taken.at === number) step *= ratio
      levels.set(name, levels.get(name)! * step)
    }
    truth.push(new Map(levels))
    records.push(record(number, number - 1, {}))
    if (number % A_DAY === 0) {
      nightly(number, release, { relation: 'release', called: `v1.${Math.floor(release / 250)}` })
      if (number >= 30 * A_DAY)
        nightly(number, number - 30 * A_DAY, { relation: 'past', called: '30 days ago' })
    }
    if (number % 250 === 0) release = number
  }
  return {
    records,
    comparisons,
    creep: {
      ...creep,
      ...(foundAt !== undefined && {
        foundAt,
        levelThen: truth[foundAt]!.get(creep.name)! / truth[creep.from]!.get(creep.name)!,
      }),
    },
    peaks,
    accepted,
    issues,
    levels,
  }
}

function sha(number: number): string {
  return number.toString(16).padStart(8, '0').repeat(5)
}

function numberOf(commit: string): number {
  return Number.parseInt(commit.slice(0, 8), 16)
}

function rounded(value: number): number {
  return Number(value.toPrecision(6))
}
