import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeRepository } from '../__tests__/scenarios/repository.ts'
import { parseOptions } from '../src/core/config/settings.ts'
import { countOne, startCounting } from '../src/flow/count/count-all.ts'
import { countHidden } from '../src/flow/diagnose/hidden-work.ts'
import { explainAll } from '../src/flow/explain.ts'
import { measureOverLayouts } from '../src/flow/layouts/rounds.ts'
import { type Explaining, judge, planned } from '../src/gate.ts'
import { openPorts } from '../src/shell/open-ports.ts'
import type { LogPort } from '../src/shell/ports/ports.ts'
import { say, target } from './decision/gates.ts'

/**
 * How long a reviewer waits for the first comment, as ratios from one run: it once waited until all was explained, and rows that had not
 * changed were counted too. Needs gcc and Valgrind.
 */
const ROWS = 12
const LOOPS = 20_000_000
/** A busy machine leaves CPU time alone; as an ordinary user there is none. */
const METRIC = process.getuid?.() === 0 ? 'cpu-time' : 'time'
const silent: LogPort = { line: () => {}, warn: () => {}, group: (_, work) => work() }

const source = (loops: number, cold: number) => `#include <stdio.h>
#include <stdlib.h>
void cold(void) { __asm__ volatile(".skip ${cold}, 0x90"); }
int main(int argc, char **argv) {
    unsigned x = argc > 1 ? atoi(argv[1]) : 1;
    for (unsigned i = 0; i < ${loops}u; i++) x = x * 3u + i;
    printf("%u\\n", x);
    return 0;
}
`

interface Waited {
  readonly verdict: string
  /** Seconds from the start until the first comment, and until the end. */
  readonly first: number
  readonly all: number
}

async function wait(head: string, rows: number, explaining: Explaining): Promise<Waited> {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-first-'))
  const repository = join(folder, 'repository')
  const [base, changed] = [{ 'program.c': source(LOOPS, 16) }, { 'program.c': head }]
  writeRepository({ base, head: changed, message: 'head' }, repository)
  const { outside, close } = await openPorts(silent)
  const started = performance.now()
  const since = () => (performance.now() - started) / 1000
  let first: number | undefined
  try {
    const context = await planned(
      {
        invocation: parseOptions(
          {
            bench: Array.from({ length: rows }, (_, at) => `row ${at}=./program ${at + 1}`).join('\n'),
            ...{ build: 'gcc -O1 -o program program.c', counters: 'simulated', layouts: 'off' },
            ...{ metric: METRIC, threshold: '10%', seed: '1' },
          },
          name => name,
        ),
        ...{ repository, base: ['base'], head: 'head', origin: {}, version: 'bench' },
        ...{ environment: process.env, usesCache: false, keepsNextBase: false },
        keep: async () => {},
        decided: async () => {
          first ??= since()
        },
      },
      outside,
    )
    const { verdict } = await judge(context, explaining)
    const all = since()
    return { verdict, first: first ?? all, all }
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As it once was: every row that did not change is counted too, before anything is said. */
const countEvery: Explaining['countHidden'] = async (context, table, { scheduling }) => {
  const counting = await startCounting(context, scheduling)
  for (const { plan } of context.plan.benchmarks)
    if (!table.counted.has(plan.name))
      await countOne(context, counting, { benchmark: plan, seconds: 600, thorough: false })
  return table
}

const now: Explaining = { countHidden, measureOverLayouts, explainAll }
const slower = await wait(source(LOOPS * 1.5, 16), 1, now)
say(
  `  one slower row: ${slower.verdict}, first comment after ${slower.first.toFixed(0)} s, the last after ${slower.all.toFixed(0)} s (ratio ${(slower.first / slower.all).toFixed(2)})`,
)
target('a slowdown is told before it is explained', slower.verdict === 'fail' && slower.first < slower.all)
const passing = await wait(source(LOOPS, 4112), ROWS, now)
const before = await wait(source(LOOPS, 4112), ROWS, { ...now, countHidden: countEvery })
// It told nothing before its end.
const ratio = passing.first / before.all
say(
  `  ${ROWS} rows that pass: first comment after ${passing.first.toFixed(0)} s, ${passing.verdict} after ${passing.all.toFixed(0)} s, and after ${before.all.toFixed(0)} s where each is counted first (rounds and bets are today's in both)`,
)
target(`${ROWS} passing rows in at most half of the time: ${ratio.toFixed(2)}`, ratio <= 0.5)
