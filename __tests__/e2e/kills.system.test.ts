import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
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
    workFolders: readdirSync(join(root, 'tmp')),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter(line => line.includes(root)),
    groups: ['.', 'unified', 'memory', 'pids'].flatMap(orphanGroups),
    processes: ours(root),
    rules: orphanRules(),
    litter: ['/tmp', '/dev/shm'].filter(at => existsSync(join(at, LITTERED))),
    memory: readFileSync('/proc/sysvipc/shm', 'utf8')
      .split('\n')
      .filter(line => line.split(/\s+/).some(word => isOrphan(Number(word)))),
    usersFiles: digestOf(workspace),
  }
}

const isJobUser = (uid: number) => uid >= 60_706 && uid <= 61_165

/** Groups of gates that are gone; other tests may run gates of their own meanwhile. */
function orphanGroups(name: string): readonly string[] {
  const folder = join('/sys/fs/cgroup', name)
  return (existsSync(folder) ? readdirSync(folder) : []).filter(each => {
    const pid = /^perf-verdict-(\d+)\./.exec(each)?.[1]
    return pid !== undefined && !existsSync(`/proc/${pid}`)
  })
}

function orphanRules(): readonly string[] {
  const { stdout } = spawnSync('ip', ['rule', 'show'], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').filter(line => isOrphan(Number(/uidrange (\d+)-/.exec(line)?.[1])))
}

/** Whether it is a user of jobs whose gate is gone. */
function isOrphan(uid: number): boolean {
  if (!isJobUser(uid)) return false
  const entry = join('/run/perf-verdict-users', `${Math.floor((uid - 60_706) / 4)}`)
  return !existsSync(entry) || !existsSync(`/proc/${readFileSync(entry, 'utf8')}`)
}

/** Processes that name a folder of this test, and what runs as a user of jobs whose gate is gone. */
function ours(root: string): readonly string[] {
  return readdirSync('/proc').filter(pid => {
    try {
      if (!/^\d+$/.test(pid)) return false
      const uid = Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
      return isOrphan(uid) || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(root)
    } catch {
      return false
    }
  })
}

/** The user's files, but for what the gate is there to write. */
function digestOf(workspace: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(workspace, { recursive: true }).map(String).sort()) {
    if (/^(?:\.git|perf-verdict)(?:\/|$)/.test(name)) continue
    hash.update(name)
    const path = join(workspace, name)
    try {
      hash.update(readFileSync(path))
    } catch {
      // A folder has its name alone.
    }
  }
  return hash.digest('hex')
}
