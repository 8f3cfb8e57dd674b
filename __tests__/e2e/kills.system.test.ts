import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { digestOf, leftoversOf } from '../doubles/leftovers.ts'
import type { RunningStage } from '../doubles/runner/stage.ts'
import { counted, PATIENCE, SEED } from '../doubles/soak.ts'
import { type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

/** Whole gates that end at a random moment in a random way; whatever was under way then, nothing of it may stay. */
const WAYS = ['SIGKILL', 'SIGTERM', 'SIGINT', 'cancel'] as const
const LONGEST_MILLISECONDS = 4_000

let stage: Stage
let head: string
beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  head = stage.sample.head(value('0.104'))
})
afterAll(async () => await stage.close())

/** Leaves processes, files and memory behind wherever it can. */
const LITTERED = `pv-litter-${process.pid}`
const LITTER = `(setsid sleep 300 &) ; echo left >/tmp/${LITTERED} 2>/dev/null; echo left >/dev/shm/${LITTERED} 2>/dev/null; ipcmk -M 4096 >/dev/null 2>&1 || true`

test(
  'nothing of a gate stays, whenever and however it is killed',
  async () => {
    const before = stateOf()
    const rounds = counted(4, Number(process.env.KILLS ?? 1000))
    const ended = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const way = WAYS[round % WAYS.length]!
      await killed(way, momentOf(round))
      expect({ round, way, ...stateOf() }).toEqual({ round, way, ...before })
      ended.set(way, (ended.get(way) ?? 0) + 1)
    }
    const told = [...ended].map(([way, count]) => `${way} ${count}`).join(', ')
    console.info(`${rounds} gates killed at random moments (${told}): 0 left anything`)
  },
  counted(PATIENCE, 6 * 3_600_000),
)

/** A moment that is drawn anew in each run of the test, and again by SEED. */
const momentOf = (round: number) =>
  (createHash('sha256').update(`${SEED} ${round}`).digest().readUInt32BE() / 2 ** 32) * LONGEST_MILLISECONDS

async function killed(way: (typeof WAYS)[number], afterMilliseconds: number): Promise<void> {
  const timers: NodeJS.Timeout[] = []
  const kill = (main: RunningStage) => {
    if (way === 'cancel') return void main.cancel()
    main.signal(way)
  }
  const inputs = {
    build: `${LITTER}; cc -O1 -o program program.c; sleep 0.3`,
    bench: `parse=sh -c '${LITTER}; ./program'`,
    budget: '3s',
  }
  const onStart = (running: RunningStage, name: string) => {
    if (name === 'main') timers.push(setTimeout(() => kill(running), afterMilliseconds))
  }
  await stage.gate(head, { inputs, runner: { scale: 0.2, onStart } })
  for (const timer of timers) clearTimeout(timer)
}

/** Everything that a gate may leave on a machine and that is nobody else's. */
function stateOf() {
  const { root, workspace } = stage.sample
  return {
    ...leftoversOf(root),
    litter: ['/tmp', '/dev/shm'].filter(at => existsSync(join(at, LITTERED))),
    usersFiles: digestOf(workspace),
  }
}
