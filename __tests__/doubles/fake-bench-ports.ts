import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Part } from '../../src/core/decision/schedule.ts'
import type { BenchmarkPlan } from '../../src/core/model/plan.ts'
import type { MeasurePorts, MeasureRequest } from '../../src/flow/measure/measure.ts'
import type { MeasuredTable } from '../../src/flow/measure/rows.ts'
import type { Job, JobOutcome } from '../../src/shell/ports/ports.ts'

/** What the scripted n-th run of a part does; what is left out is a run of one second that ends well. */
export type Script = (run: { part: Part; nth: number; job: Job }) => Partial<JobOutcome>

export interface FakeBench {
  readonly ports: MeasurePorts
  readonly request: MeasureRequest
  /** The parts in the order in which they ran. */
  readonly ran: Part[]
  readonly jobs: Job[]
  readonly lines: string[]
  readonly saved: MeasuredTable[]
  remove(): void
}

/** A plan with the defaults of these tests. */
export function planOf(more: Partial<BenchmarkPlan> = {}): BenchmarkPlan {
  return {
    name: 'parse',
    command: './parse',
    format: { kind: 'wall' },
    unit: 's',
    better: 'lower',
    metric: 'time',
    threshold: 0.05,
    budgetSeconds: 600,
    timeoutSeconds: 60,
    ...more,
  }
}

/** Real work trees, and a sandbox and a clock that only a script moves. */
export function fakeBench(
  plans: readonly BenchmarkPlan[],
  script: Script,
  more: Partial<MeasureRequest> = {},
): FakeBench {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-measure-'))
  const trees = { base: join(folder, 'base'), head: join(folder, 'head'), control: join(folder, 'ctrl') }
  for (const tree of Object.values(trees)) {
    mkdirSync(tree)
    writeFileSync(join(tree, 'program'), '\x7fELF and so on')
  }
  const partOf = new Map(Object.entries(trees).map(([part, tree]) => [tree, part as Part]))
  const counts = new Map<string, number>()
  let now = 1000
  const bench: Pick<FakeBench, 'ran' | 'jobs' | 'lines' | 'saved'> = {
    ran: [],
    jobs: [],
    lines: [],
    saved: [],
  }
  async function run(job: Job): Promise<JobOutcome> {
    const part = partOf.get(job.tree)!
    const nth = counts.get(`${part} ${job.argv.at(-1)}`) ?? 0
    counts.set(`${part} ${job.argv.at(-1)}`, nth + 1)
    bench.ran.push(part)
    bench.jobs.push(job)
    const scripted = script({ part, nth, job })
    const outcome = {
      seconds: 1,
      code: 0,
      signal: null,
      timedOut: false,
      stdout: '',
      stderr: '',
      truncated: false,
      ...scripted,
    }
    now += outcome.seconds
    return outcome
  }
  return {
    ...bench,
    ports: {
      sandbox: { run },
      log: {
        line: text => {
          bench.lines.push(text)
        },
        warn: text => {
          bench.lines.push(text)
        },
        group: (_, work) => work(),
      },
      clock: { now: () => now, date: () => '2026-01-01T00:00:00Z' },
    },
    request: {
      benchmarks: plans.map(plan => ({ plan, on: ['base', 'head'] as const })),
      trees,
      env: { base: { LC_ALL: 'C' }, head: { LC_ALL: 'C' } },
      scheduling: {},
      seed: 1,
      alpha: 0.01,
      warmUps: 0,
      maxRounds: 60,
      budgetSeconds: 3600,
      save: async partial => {
        bench.saved.push(structuredClone(partial))
      },
      ...more,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
