import { afterEach, describe, expect, test } from '@jest/globals'
import { decideAnew } from '../../../src/core/decision/redecide.ts'
import { roundOrders } from '../../../src/core/decision/schedule.ts'
import { InputError } from '../../../src/core/model/errors.ts'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import { seedOf } from '../../../src/core/statistics/random.ts'
import { type MeasureRequest, measure } from '../../../src/flow/measure/measure.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'
import { type FakeBench, fakeBench, planOf, type Script } from '../../doubles/fake-bench-ports.ts'

const benches: FakeBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

async function measured(plans: readonly BenchmarkPlan[], script: Script, more: Partial<MeasureRequest> = {}) {
  const bench = fakeBench(plans, script, more)
  benches.push(bench)
  return { ...bench, result: await measure(bench.request, bench.ports) }
}

/** A little noise that repeats itself, different for each part. */
const wobble = (nth: number, part: string) => 1 + 0.004 * (((nth * 7 + part.length * 3) % 11) / 11 - 0.5)
const headTimes =
  (factor: number): Script =>
  ({ part, nth }) => ({ seconds: (part === 'head' ? factor : 1) * wobble(nth, part) })

describe('commands around the runs of a benchmark', () => {
  test('run around every run of its own, are not timed, and part what is otherwise one command', async () => {
    const around = { prepare: 'cp data.orig data', conclude: 'rm data' }
    const plans = [planOf({ around }), planOf({ name: 'other' })]
    const { result, jobs } = await measured(plans, run =>
      run.job.argv.at(-1) === './parse' ? headTimes(1.2)(run) : { seconds: 5 },
    )
    expect(result.benchmarks.map(({ decision }) => decision)).toEqual(['slower', 'slower'])
    expect(result.benchmarks[0]!.base!.median).toBeCloseTo(1, 1)
    const words = jobs.map(({ argv }) => argv.at(-1))
    const runs = words.flatMap((word, at) => (word === 'cp data.orig data' ? [words.slice(at, at + 3)] : []))
    expect(runs.length).toBe(words.filter(word => word === 'rm data').length)
    for (const run of runs) expect(run).toEqual(['cp data.orig data', './parse', 'rm data'])
    expect(words.filter(word => word === './parse').length).toBe(2 * runs.length)
  })

  test('are a fault of their side when they fail, with what they printed', async () => {
    const around = { prepare: 'cp data.orig data' }
    const { result } = await measured([planOf({ around })], ({ part, job }) =>
      job.argv.at(-1) !== './parse' && part === 'head' ? { code: 1, stderr: 'cp: no data.orig\n' } : {},
    )
    expect(result.benchmarks[0]).toMatchObject({
      decision: 'unmeasured',
      reason: 'On head it was not run, because its prepare command exited with code 1, while base ran.',
      fault: { side: 'head', kind: 'prepare', lastLines: ['cp: no data.orig'] },
    })
  })
})

describe('what the sides print', () => {
  const printing =
    (ofHead: string): Script =>
    run => ({
      ...headTimes(1.2)(run),
      stdout: `took ${run.nth} ms\nsum ${run.part === 'head' ? ofHead : 5}\n`,
    })

  test('is a finding on the row where head prints another line than both copies of base', async () => {
    const { result } = await measured([planOf()], printing('0'))
    expect(result.benchmarks[0]).toMatchObject({
      decision: 'slower',
      prints: { base: 'sum 5', head: 'sum 0' },
    })
  })

  test('is none where they print the same, or where there is one copy of base', async () => {
    expect((await measured([planOf()], printing('5'))).result.benchmarks[0]).not.toHaveProperty('prints')
    // Where only one side has a result of the command, its output differs for that.
    const bench = fakeBench([planOf(), planOf({ name: 'new' })], printing('0'))
    benches.push(bench)
    const benchmarks = bench.request.benchmarks.map((each, at) =>
      at === 1 ? { ...each, on: ['head'] as const } : each,
    )
    const { benchmarks: rows } = await measure({ ...bench.request, benchmarks }, bench.ports)
    expect(rows[0]).not.toHaveProperty('prints')
  })
})

describe('measuring one benchmark', () => {
  test.each([
    { head: 1.2, decision: 'slower' },
    { head: 1, decision: 'unchanged' },
    { head: 0.8, decision: 'faster' },
  ])('decides that $head times base is $decision, in the fewest rounds', async ({ head, decision }) => {
    const { result, ran } = await measured([planOf()], headTimes(head))
    const [report] = result.benchmarks
    expect(report).toMatchObject({ name: 'parse', decision, rounds: 2, control: { fit: true } })
    expect(report?.change?.ratio).toBeCloseTo(head, 2)
    expect(report?.base?.median).toBeCloseTo(1, 2)
    expect(report?.head?.samples).toHaveLength(6)
    expect(report?.base?.samples).toHaveLength(4)
    expect(report?.control?.samples).toHaveLength(2)
    expect(ran).toHaveLength(3 + 12)
    expect(result.limitations).toEqual([])
  })

  test('runs the warm-up first, then each round in the order of the seeded schedule', async () => {
    const { ran } = await measured([planOf()], headTimes(1.2), { seed: 77, warmUps: 1 })
    const orders = roundOrders(seedOf(77, 0))
    const scheduled = Array.from({ length: 3 }, () => orders.next().value).flat()
    expect(ran).toEqual(['base', 'head', 'control', ...scheduled])
  })

  test('gives every run the same command line, its own side and its time limit, and the scheduling that was asked for', async () => {
    const { jobs } = await measured([planOf({ command: 'exec ./parse "$X"' })], headTimes(1.2), {
      scheduling: { cpus: '2-3', nice: -20 },
    })
    for (const job of jobs) {
      expect(job.argv).toEqual(['bash', '-e', '-o', 'pipefail', '-c', 'exec ./parse "$X"'])
      expect(job.scheduling).toEqual({ cpus: '2-3', nice: -20 })
    }
    expect(jobs.every(job => job.timeoutSeconds === 60 && job.env.LC_ALL === 'C')).toBe(true)
  })

  test('ends when nothing got slower, and asks on whether it got faster where a history keeps it', async () => {
    const large = { tableRows: 2000 }
    const passing = await measured([planOf()], headTimes(0.7), large)
    expect(passing.result.benchmarks[0]).toMatchObject({ decision: 'unchanged' })
    const kept = await measured([planOf()], headTimes(0.7), { ...large, asksFaster: true })
    expect(kept.result.benchmarks[0]).toMatchObject({ decision: 'faster' })
    // What does not seem faster costs nothing more.
    const runs = async (more: Partial<MeasureRequest>) =>
      (await measured([planOf()], headTimes(0.99), more)).jobs.length
    expect(await runs({ ...large, asksFaster: true })).toBe(await runs(large))
  })

  test('keeps pairs together: a speed that wanders costs nothing', async () => {
    const perRound = { head: 3, base: 2, control: 1 }
    const wandering: Script = ({ part, nth }) => ({
      seconds: (part === 'head' ? 1.2 : 1) * (1 + Math.ceil(nth / perRound[part]) * 0.5),
    })
    const { result } = await measured([planOf()], wandering)
    expect(result.benchmarks[0]).toMatchObject({ decision: 'slower', rounds: 2 })
  })

  test('is undecided at the end of its budget when the change lies at the threshold, and says what it could show', async () => {
    const atTheMark: Script = ({ part, nth }) => ({ seconds: part === 'head' ? (nth % 2 ? 1.04 : 1.06) : 1 })
    const { result } = await measured([planOf({ budgetSeconds: 100 })], atTheMark)
    const [report] = result.benchmarks
    expect(report).toMatchObject({ decision: 'undecided' })
    expect(report?.reason).toMatch(/^After \d+ rounds .*: the change is \+5\.0 %/)
    expect(report?.detectable).toBeGreaterThan(1.05)
  })

  test('stops at the limit of rounds', async () => {
    const atTheMark: Script = ({ part, nth }) => ({ seconds: part === 'head' ? (nth % 2 ? 1.04 : 1.06) : 1 })
    const { result } = await measured([planOf()], atTheMark, { maxRounds: 5 })
    expect(result.benchmarks[0]).toMatchObject({ decision: 'undecided', rounds: 5 })
    expect(result.benchmarks[0]?.reason).toMatch(/the limit of 5 rounds was reached/)
  })

  test('gives up early when its budget has no room for an answer, and says how long a round takes', async () => {
    const { result } = await measured([planOf({ budgetSeconds: 60 })], () => ({ seconds: 5 }))
    expect(result.benchmarks[0]).toMatchObject({ decision: 'undecided', rounds: 0 })
    expect(result.benchmarks[0]?.reason).toBe(
      'No answer is possible before 2 rounds, and its budget of 60 s has no room for them (a round takes 30 s), so measuring ended after 0 rounds; raise the budget.',
    )
  })

  test('decides nothing when the control shows an unfit machine', async () => {
    const unfit: Script = ({ part }) => ({ seconds: { base: 1, control: 1.2, head: 1.5 }[part] })
    const { result } = await measured([planOf()], unfit, { maxRounds: 12 })
    expect(result.benchmarks[0]).toMatchObject({ decision: 'undecided', control: { fit: false } })
    expect(result.limitations.map(({ what }) => what)).toEqual([
      expect.stringContaining('The control of parse differs from base'),
    ])
  })

  test('says that a control in the tree of base itself shows less', async () => {
    const bench = fakeBench([planOf()], headTimes(1))
    benches.push(bench)
    const { control: _, ...trees } = bench.request.trees
    const { limitations } = await measure({ ...bench.request, trees }, bench.ports)
    expect(limitations.map(({ what }) => what)).toEqual(['There is no second copy of the base work tree.'])
  })
})

describe('values out of the output', () => {
  const two = [
    planOf({ name: 'parse', command: './bench', format: { kind: 'regex', pattern: '^parse (.*)$' } }),
    planOf({
      name: 'print',
      command: './bench',
      format: { kind: 'regex', pattern: '^print (.*)$' },
      better: 'higher',
    }),
  ]

  test('benchmarks of one command share its runs', async () => {
    const script: Script = ({ part, nth }) => {
      const w = wobble(nth, part)
      return { stdout: `parse ${(part === 'head' ? 2 : 1) * w}\nprint ${(part === 'head' ? 50 : 100) * w}\n` }
    }
    const { result, ran } = await measured(two, script)
    expect(result.benchmarks.map(({ name, decision }) => [name, decision])).toEqual([
      ['parse', 'slower'],
      ['print', 'slower'],
    ])
    expect(result.benchmarks[1]?.change?.ratio).toBeCloseTo(0.5, 2)
    expect(ran).toHaveLength(3 + 6 * result.benchmarks[0]!.rounds)
  })

  test('one that prints junk is unmeasured, the other goes on', async () => {
    const script: Script = ({ part }) => ({ stdout: `parse 1.000\nprint ${part === 'head' ? 'NaN' : '5'}\n` })
    const { result } = await measured(two, script)
    expect(result.benchmarks[0]?.decision).toBe('unchanged')
    expect(result.benchmarks[1]).toMatchObject({
      decision: 'unmeasured',
      reason: 'On head it printed NaN, while base ran.',
      fault: { side: 'head', kind: 'nan' },
    })
  })
})

describe('runs that fail', () => {
  const crash = { code: 139 - 128, seconds: 0.1 }

  test.each<{ what: string; script: Script; reason: string; side: string }>([
    {
      what: 'head always crashes',
      script: ({ part }) => (part === 'head' ? { code: null, signal: 'SIGSEGV' } : {}),
      reason: 'On head it was killed by SIGSEGV, while base ran.',
      side: 'head',
    },
    {
      what: 'base always crashes',
      script: ({ part }) => (part === 'head' ? {} : crash),
      reason: 'On base it exited with code 11, so there is no baseline.',
      side: 'base',
    },
    {
      what: 'both sides always crash',
      script: () => ({ code: 127 }),
      reason: 'On both sides it exited with code 127.',
      side: 'both',
    },
    {
      what: 'head always hangs',
      script: ({ part }) =>
        part === 'head' ? { seconds: 60, timedOut: true, code: null, signal: 'SIGKILL' } : {},
      reason: 'On head it was ended by its time limit after 60.0 s, while base ran.',
      side: 'head',
    },
    {
      what: 'head hangs after it ran well',
      script: ({ part, nth }) =>
        part === 'head' && nth > 4 ? { seconds: 60, timedOut: true, code: null, signal: 'SIGKILL' } : {},
      reason: 'On head it was ended by its time limit after 60.0 s, while base ran.',
      side: 'head',
    },
  ])('$what: unmeasured', async ({ script, reason, side }) => {
    const { result } = await measured([planOf()], script)
    expect(result.benchmarks[0]).toMatchObject({ decision: 'unmeasured', reason, fault: { side } })
  })

  test('a hang is tried twice, a crash three times', async () => {
    const hang = await measured([planOf()], ({ part }) =>
      part === 'head' ? { timedOut: true, code: null, signal: 'SIGKILL' } : {},
    )
    expect(hang.ran.filter(part => part === 'head')).toHaveLength(2)
    const dies = await measured([planOf()], ({ part }) => (part === 'head' ? crash : {}))
    expect(dies.ran.filter(part => part === 'head')).toHaveLength(3)
  })

  test('a crash counts against every answer, because it may hide a slow run', async () => {
    const hiding =
      (crashes: number, factor = 1): Script =>
      run =>
        run.part === 'head' && run.nth > 1 && run.nth <= 1 + crashes ? crash : headTimes(factor)(run)
    const rows = await Promise.all(
      [0, 1, 2].map(async crashes => (await measured([planOf()], hiding(crashes))).result.benchmarks[0]!),
    )
    expect(rows.map(({ decision }) => decision)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(rows.map(({ lostRounds }) => lostRounds)).toEqual([undefined, 1, 2])
    const [none, one, two] = rows.map(({ rounds }) => rounds)
    expect(none).toBe(2)
    expect(one).toBeGreaterThan(none!)
    expect(two).toBeGreaterThan(one!)
    // The report repeats the decision: as many rounds without one lost would be an answer, and with more lost are none.
    const short = { ...rows[1]!, lostRounds: 3 }
    expect(decideAnew([rows[1]!, short], 0.01, describeReason).map(({ decision }) => decision)).toEqual([
      'unchanged',
      'undecided',
    ])
  })

  test('one flaky crash costs a round, and is said', async () => {
    const flaky: Script = ({ part, nth }) =>
      part === 'head' && nth === 4 ? crash : headTimes(1.2)({ part, nth, job: null! })
    const { result } = await measured([planOf()], flaky)
    expect(result.benchmarks[0]).toMatchObject({ decision: 'slower', lostRounds: 1 })
    expect(result.limitations).toEqual([
      {
        what: 'parse failed once on head: it exited with code 11.',
        instead:
          'Others were run in place of the rounds with a failed run. What these would have shown is not known, so each counts against every answer.',
      },
    ])
  })

  test('a round with a failed run is broken off', async () => {
    const { ran } = await measured([planOf()], ({ part, nth }) => (part === 'head' && nth >= 1 ? crash : {}))
    const orders = roundOrders(seedOf(1, 0))
    const upToHead = Array.from({ length: 3 }, () => orders.next().value).flatMap(order =>
      order.slice(0, order.indexOf('head') + 1),
    )
    expect(ran.slice(3)).toEqual(upToHead)
  })
})

describe('what is not measured', () => {
  test('a benchmark on one side is new or removed and never run', async () => {
    const bench = fakeBench([], () => ({}), {
      benchmarks: [
        { plan: planOf({ name: 'added' }), on: ['head'] },
        { plan: planOf({ name: 'gone' }), on: ['base'] },
      ],
    })
    benches.push(bench)
    const { benchmarks } = await measure(bench.request, bench.ports)
    expect(benchmarks.map(({ name, decision }) => [name, decision])).toEqual([
      ['added', 'new'],
      ['gone', 'removed'],
    ])
    expect(bench.ran).toEqual([])
  })

  test('a benchmark decided by instructions is left to counting', async () => {
    const { result, ran } = await measured([planOf({ metric: 'instructions' })], () => ({}))
    expect(result.benchmarks).toEqual([])
    expect(ran).toEqual([])
  })

  test('a plan that could never fail is refused before the first run', async () => {
    const bench = fakeBench([planOf(), planOf({ name: 'b' })], () => ({}), { maxRounds: 1 })
    benches.push(bench)
    await expect(measure(bench.request, bench.ports)).rejects.toThrow(InputError)
    expect(bench.ran).toEqual([])
  })
})

describe('several workloads', () => {
  const plans = ['a', 'b', 'c'].map(name => planOf({ name, command: `./${name}` }))

  test('take turns block by block, and each gets its answer in the order of the request', async () => {
    const { result, jobs } = await measured(plans, headTimes(1.2))
    expect(result.benchmarks.map(({ name, decision }) => `${name} ${decision}`)).toEqual([
      'a slower',
      'b slower',
      'c slower',
    ])
    const commands = jobs.map(job => job.argv.at(-1)!).filter((command, at, all) => command !== all[at - 1])
    expect(commands.slice(0, 6)).toEqual(['./a', './b', './c', './a', './b', './c'])
  })

  test('each has an order of its own', async () => {
    const { jobs, ran } = await measured(plans, headTimes(1.2))
    const orderOf = (name: string) => ran.filter((_, at) => jobs[at]!.argv.at(-1) === `./${name}`).join(' ')
    expect(orderOf('a')).not.toBe(orderOf('b'))
  })

  test('when the run has no time for all of them the first ones get their answer', async () => {
    const { result } = await measured(plans, headTimes(1.2), { budgetSeconds: 55 })
    expect(result.benchmarks.map(({ decision }) => decision)).toEqual(['slower', 'slower', 'undecided'])
    expect(result.benchmarks[2]?.reason).toMatch(/the run's budget of 55 s ended/)
  })

  test('when the run has no time for all of them the cheapest get it, and the plan says so beforehand', async () => {
    const cost = { './a': 8, './b': 1, './c': 2 } as const
    const seconds = (command: string) => cost[command as keyof typeof cost]
    const script: Script = ({ part, nth, job }) => ({
      seconds: seconds(job.argv.at(-1)!) * (part === 'head' ? 1.2 : 1) * wobble(nth, part),
    })
    const bench = fakeBench(plans, script, { budgetSeconds: 60 })
    benches.push(bench)
    const seen = bench.request.benchmarks.map(planned => {
      const each = seconds(planned.plan.command)
      const mapped = { files: ['program'], exact: true }
      return {
        ...planned,
        first: { mapped: { base: mapped, head: mapped }, seconds: { base: each, head: each * 1.2 } },
      }
    })
    const { benchmarks, limitations } = await measure({ ...bench.request, benchmarks: seen }, bench.ports)
    expect(benchmarks.map(({ decision }) => decision)).toEqual(['undecided', 'slower', 'slower'])
    expect(bench.ran.length).toBeLessThanOrEqual(2 * 18)
    expect(limitations[0]?.what).toBe(
      '3 benchmarks need about 2 min, and the budget is 60 s: about 2 of them will be decided, the cheapest first.',
    )
    expect(bench.lines[0]).toContain('3 benchmarks need about 2 min')
  })

  test('what the budget left cannot settle is not measured on', async () => {
    let toss = 0
    const even: Script = ({ part }) => ({ seconds: part === 'head' ? (toss++ % 2 ? 1.02 : 1.08) : 1 })
    const { result, ran } = await measured([planOf()], even, { budgetSeconds: 400 })
    expect(result.benchmarks[0]).toMatchObject({ decision: 'undecided' })
    expect(result.benchmarks[0]?.reason).toMatch(
      /measuring ended, because the \d+ rounds that the run's budget still allowed could not settle it/,
    )
    expect(ran.length).toBeLessThan(350)
    expect(ran.length).toBeGreaterThan(50)
  })
})

describe('CPU time', () => {
  const busy: Script = ({ part, nth }) => ({
    // Other programs take the CPU now and then: the wall time is up to three times as long.
    seconds: (part === 'head' ? 1.2 : 1) * [1, 2.4, 1.3, 3, 1.7, 1.1, 2][(nth * 3 + part.length) % 7]!,
    cpuSeconds: (part === 'head' ? 1.2 : 1) * wobble(nth, part),
  })

  test('is what an undecided row is told of, with what it does not see', async () => {
    const { result } = await measured([planOf()], busy, { maxRounds: 6 })
    expect(result.benchmarks[0]).toMatchObject({ decision: 'undecided', cpuTime: { shows: 'slower' } })
    expect(result.benchmarks[0]?.reason).toMatch(
      /By CPU time head needs more than the threshold allows .* CPU time does not see waiting/,
    )
  })

  test('can be what is gated', async () => {
    const { result } = await measured([planOf({ metric: 'cpu-time' })], busy)
    expect(result.benchmarks[0]).toMatchObject({ decision: 'slower', rounds: 2, metric: 'cpu-time' })
  })

  test('that the machine does not tell makes no row of that metric pass', async () => {
    const { result } = await measured([planOf({ metric: 'cpu-time' })], headTimes(1.2))
    expect(result.benchmarks[0]).toMatchObject({
      decision: 'unmeasured',
      fault: { side: 'both', kind: 'no-cpu-time' },
    })
  })
})

describe('what is said and kept meanwhile', () => {
  test('partial results are kept after each benchmark and about every ten seconds', async () => {
    const { saved, result } = await measured(
      [planOf({ name: 'a', command: './a' }), planOf({ name: 'b', command: './b' })],
      headTimes(1.2),
    )
    expect(saved.at(-1)).toEqual(result)
    const early = saved[0]!.benchmarks
    expect(early.map(({ decision }) => decision)).toEqual(['undecided', 'undecided'])
    expect(early[1]?.reason).toMatch(/measuring was cut off/)
    expect(saved.length).toBeGreaterThan(2)
    expect(saved.length).toBeLessThan(20)
    const afterFirst = saved.find(({ benchmarks }) => benchmarks[0]?.decision === 'slower')!
    expect(afterFirst.benchmarks[0]?.head?.samples.length).toBeGreaterThanOrEqual(6)
  })

  test('a line says what was decided, and progress is told at most every ten seconds', async () => {
    const { lines } = await measured([planOf(), planOf({ name: 'b', command: './b' })], headTimes(1.2))
    expect(lines.filter(line => line.startsWith('parse: '))).toEqual([
      expect.stringMatching(
        /^parse: slower \+20(?:\.\d)? % \(\+1\d(?:\.\d)? … \+2\d(?:\.\d)? %\) after 3 rounds\.$/,
      ),
    ])
    const progress = lines.filter(line => line.startsWith('Measuring: '))
    expect(progress.length).toBeGreaterThan(0)
    expect(progress.length).toBeLessThanOrEqual(3)
  })

  test('text of the pull request cannot start a line of its own in the log', async () => {
    const plan = planOf({ name: 'x\n::error::y', format: { kind: 'seconds' } })
    const { lines } = await measured([plan], () => ({ stdout: '::set-output name=a::b\nc' }))
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).not.toMatch(/\n/)
  })
})
