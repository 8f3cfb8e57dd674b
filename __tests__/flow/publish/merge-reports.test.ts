import { describe, expect, test } from '@jest/globals'
import { decideTable, type Family, roundsToFail } from '../../../src/core/decision/decide.ts'
import { DEFAULT_POLICIES } from '../../../src/core/decision/policy.ts'
import { type Round, roundsIn } from '../../../src/core/decision/rounds.ts'
import { summarizeRounds } from '../../../src/core/decision/rounds-summary.ts'
import { InputError } from '../../../src/core/model/errors.ts'
import type { BenchmarkReport, Report } from '../../../src/core/model/report.ts'
import { parseReport } from '../../../src/core/report-file/parse-report.ts'
import { median } from '../../../src/core/statistics/median.ts'
import { mergeReports } from '../../../src/flow/publish/merge-reports.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'
import { aBenchmark, aReport } from '../../doubles/reports.ts'

const POLICY = {} as const
const ALPHA = 0.01

/** A row as measuring leaves it: `rounds` rounds in which head is `factor` times base, decided in a family of `rows`. */
function measured(name: string, rounds: number, factor: number, rows: number): BenchmarkReport {
  const given = Array.from({ length: rounds }, (_, at): Round => {
    const base = 1 + 0.001 * (at % 7)
    return {
      base: [base, base],
      head: [base, base, base].map(value => value * factor),
      control: [base * (at % 2 === 0 ? 1.0005 : 0.9995)],
    }
  })
  const [base, head, control] = (['base', 'head', 'control'] as const).map(part =>
    given.flatMap(round => round[part]),
  ) as [number[], number[], number[]]
  const plan = { threshold: 0.05, better: 'lower' } as const
  const family: Family = { alpha: ALPHA, rows }
  const [answer] = decideTable([{ summary: summarizeRounds(given, plan, ALPHA) }], family)
  return {
    name,
    unit: 's',
    metric: 'time',
    ...plan,
    decision: answer!.decision,
    ...(answer!.reason && { reason: describeReason(answer!.reason) }),
    base: { median: median(base), samples: base },
    head: { median: median(head), samples: head },
    ...(answer!.control ? { control: { ...answer!.control, samples: control } } : {}),
    rounds,
  }
}

function shard(
  index: number,
  of: number,
  benchmarks: readonly BenchmarkReport[],
  more: Partial<Report> = {},
): Report {
  const verdict = benchmarks.some(row => row.decision === 'slower') ? 'fail' : 'pass'
  const report = aReport({ verdict, benchmarks, alpha: ALPHA, shard: { index, of }, errors: [], ...more })
  // As it comes from another job: through report.json.
  return parseReport(JSON.stringify(report))
}

const unchanged = (name: string) => measured(name, 40, 1, 1)
const decisions = (report: { benchmarks: readonly BenchmarkReport[] }) =>
  Object.fromEntries(report.benchmarks.map(row => [row.name, row.decision]))

describe('the shards of a matrix', () => {
  test('join to one table in the order of the shards, with one verdict', () => {
    const merged = mergeReports(
      [shard(2, 2, [measured('b', 40, 1.5, 2)]), shard(1, 2, [unchanged('a')])],
      POLICY,
    )
    expect(decisions(merged)).toEqual({ a: 'unchanged', b: 'slower' })
    expect(merged.verdict).toBe('fail')
    expect(merged).not.toHaveProperty('shard')
    expect(parseReport(JSON.stringify({ ...merged, sentence: 'x' })).verdict).toBe('fail')
  })

  test('are judged as the one table that they are: what stood alone need not stand among a hundred', () => {
    const rounds = 2
    const alone = measured('b', rounds, 1.5, 1)
    expect(alone.decision).toBe('slower')
    const others = Array.from({ length: 99 }, (_, at) => unchanged(`quiet ${at}`))
    const merged = mergeReports([shard(1, 2, others), shard(2, 2, [alone])], POLICY)
    const whole = decideTable(
      [...others, alone].map(row => ({
        summary: summarizeRounds(roundsIn(row)!, row, ALPHA),
      })),
      { alpha: ALPHA, rows: 100 },
    )
    expect(merged.benchmarks.map(row => row.decision)).toEqual(whole.map(answer => answer.decision))
    expect(merged.benchmarks.at(-1)).toMatchObject({
      decision: 'undecided',
      reason: expect.stringContaining('among 100 benchmarks'),
    })
    expect(merged.verdict).toBe('undecided')
  })

  test('strengthen each other: a row that was not beyond chance alone is, beside others that are slower', () => {
    const rounds = roundsToFail({ alpha: ALPHA, rows: 1 })
    expect(rounds).toBeLessThan(roundsToFail({ alpha: ALPHA, rows: 20 }))
    const rows = Array.from({ length: 20 }, (_, at) => measured(`slow ${at}`, rounds, 1.5, 20))
    expect(rows.every(row => row.decision === 'undecided')).toBe(true)
    const merged = mergeReports([shard(1, 2, rows.slice(0, 10)), shard(2, 2, rows.slice(10))], POLICY)
    expect(merged.benchmarks.every(row => row.decision === 'slower' && row.reason === undefined)).toBe(true)
    expect(merged.verdict).toBe('fail')
  })

  test('of which one is missing are an error, unless a breach was shown anyway', () => {
    const quiet = mergeReports([shard(1, 3, [unchanged('a')]), shard(3, 3, [unchanged('c')])], POLICY)
    expect(quiet.verdict).toBe('error')
    expect(quiet.errors).toEqual([{ what: expect.stringMatching(/^Shard 2 of 3 left no report/) }])
    const broken = mergeReports([shard(1, 2, [measured('a', 60, 2, 2)])], POLICY)
    expect(broken.verdict).toBe('fail')
    expect(broken.errors).toHaveLength(1)
  })

  test('of which one failed are an error, with its own words', () => {
    const failed = shard(2, 2, [], {
      verdict: 'error',
      errors: [{ what: 'The build of the base side failed.' }],
    })
    const merged = mergeReports([shard(1, 2, [unchanged('a')]), failed], POLICY)
    expect(merged.verdict).toBe('error')
    expect(merged.errors[0]?.what).toBe('Shard 2 of 2: The build of the base side failed.')
  })

  test('of which one could not build the head fail', () => {
    const failed = shard(2, 2, [], {
      verdict: 'fail',
      errors: [{ what: 'The build of the head side failed.', side: 'head' }],
    })
    expect(mergeReports([shard(1, 2, [unchanged('a')]), failed], POLICY).verdict).toBe('fail')
  })

  test('may be more than there are benchmarks', () => {
    const merged = mergeReports([shard(1, 2, [unchanged('a')]), shard(2, 2, [], { verdict: 'pass' })], POLICY)
    expect(merged.verdict).toBe('pass')
  })

  test('of a run of which one job was repeated are those of both attempts', () => {
    const again = shard(2, 2, [unchanged('b')], { run: { number: 5, attempt: 2 } })
    const one = shard(1, 2, [unchanged('a')], { run: { number: 5, attempt: 1 } })
    const merged = mergeReports([one, again], POLICY, { number: 5, attempt: 2 })
    expect(merged.verdict).toBe('pass')
    expect(merged.notes).toContain('Shard 1 of 2 was measured in attempt 1, and this is attempt 2.')
  })

  describe('whose jobs did not succeed', () => {
    const passing = [shard(1, 2, [unchanged('a')]), shard(2, 2, [unchanged('b')])]
    test.each(['failure', 'cancelled', 'skipped'] as const)(
      'are an error where every report passes: %s',
      ended => {
        const merged = mergeReports(passing, POLICY, { ended })
        expect(merged.verdict).toBe('error')
        expect(merged.errors).toEqual([{ what: expect.stringContaining(`ended as ${ended}, and none`) }])
      },
    )

    test('are what their reports say where one of these fails, lacks an answer or is missing', () => {
      const slow = shard(2, 2, [measured('b', 40, 1.5, 2)])
      const open = shard(2, 2, [measured('b', 1, 1, 2)], { verdict: 'undecided' })
      expect(mergeReports([passing[0]!, slow], POLICY, { ended: 'failure' })).toMatchObject({
        verdict: 'fail',
        errors: [],
      })
      expect(mergeReports([passing[0]!, open], POLICY, { ended: 'failure' })).toMatchObject({
        verdict: 'undecided',
        errors: [],
      })
      const { errors } = mergeReports([passing[0]!], POLICY, { ended: 'cancelled' })
      expect(errors).toEqual([{ what: expect.stringMatching(/^Shard 2 of 2 left no report/) }])
    })

    test.each(['success', undefined] as const)('pass with %s', ended => {
      expect(mergeReports(passing, POLICY, { ended }).verdict).toBe('pass')
    })
  })

  describe('that are forged', () => {
    const RUN = { number: 5, attempt: 1 }
    const real = shard(2, 2, [measured('b', 40, 1.5, 2)], { run: RUN })
    const one = shard(1, 2, [unchanged('a')], { run: RUN })
    test.each<[string, readonly Report[], RegExp]>([
      [
        'for a share that has one, with a higher attempt',
        [one, real, shard(2, 2, [unchanged('b')], { run: { number: 5, attempt: 9 } })],
        /attempt 9, and this is run 5, attempt 1[\s\S]*Shard 2 of 2 has more than one report/,
      ],
      [
        'for a share that has one, with the same attempt',
        [one, shard(2, 2, [unchanged('b')], { run: RUN }), real],
        /Shard 2 of 2 has more than one report/,
      ],
      ['of an attempt to come', [one, shard(2, 2, [], { run: { number: 5, attempt: 2 } })], /attempt 2/],
      ['of another run', [shard(1, 1, [unchanged('a')], { run: { number: 4, attempt: 1 } })], /is of run 4/],
      [
        'with a lenient policy',
        [one, shard(2, 2, [], { run: RUN, policies: { ...DEFAULT_POLICIES, 'on-removed': 'pass' } })],
        /differ in the policies/,
      ],
    ])('%s are refused', (_, reports, says) => {
      expect(() => mergeReports(reports, POLICY, RUN)).toThrow(says)
    })

    test('in their claims pass nothing: samples decide, and a claim without a reason is an error', () => {
      const lying = { ...real, verdict: 'pass' as const }
      const rows = lying.benchmarks.map(row => ({ ...row, decision: 'unchanged' as const }))
      expect(mergeReports([one, { ...lying, benchmarks: rows }], POLICY, RUN).verdict).toBe('fail')
      const groundless = shard(2, 2, [unchanged('b')], { run: RUN, verdict: 'fail' })
      expect(mergeReports([one, groundless], POLICY, RUN)).toMatchObject({
        verdict: 'error',
        errors: [{ what: expect.stringContaining('Shard 2 of 2 says fail') }],
      })
    })
  })

  test('on several machines say what each of them is', () => {
    const merged = mergeReports(
      [
        shard(1, 2, [unchanged('a')], { machine: { cpu: 'A', kernel: '6' } }),
        shard(2, 2, [unchanged('b')], { machine: { cpu: 'B', kernel: '6' } }),
      ],
      POLICY,
    )
    expect(merged.machine).toEqual({ cpu: 'A or B', kernel: '6' })
  })

  const own = shard(1, 2, [unchanged('a')])
  test.each<[string, readonly Report[], RegExp]>([
    ['there are none', [], /no report to merge/],
    ['the head differs', [own, shard(2, 2, [], { head: { sha: 'f'.repeat(40) } })], /differ in the head/],
    ['the base differs', [own, shard(2, 2, [], { base: { sha: 'f'.repeat(40) } })], /differ in the base/],
    ['the error rate differs', [own, shard(2, 2, [], { alpha: 0.2 })], /error rate/],
    ['the run differs', [own, shard(2, 2, [], { run: { number: 99 } })], /differ in the run/],
    ['the number of shards differs', [own, shard(2, 3, [])], /number of shards/],
    ['a benchmark is in two', [own, shard(2, 2, [unchanged('a')])], /`a` is in more than one shard/],
    ['one is not of a shard', [aReport({ benchmarks: [aBenchmark()] })], /not of a shard/],
    ['one is beyond the last', [own, shard(3, 2, [])], /3 of 2 does not exist/],
  ])('are refused when %s', (_, reports, says) => {
    const merging = () => mergeReports(reports, POLICY)
    expect(merging).toThrow(InputError)
    expect(merging).toThrow(says)
  })
})
