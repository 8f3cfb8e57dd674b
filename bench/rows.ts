import { spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { makeRepository } from '../__tests__/doubles/repository.ts'
import { scriptedPorts } from '../__tests__/doubles/scripted-ports.ts'
import { gate } from '../src/gate.ts'
import { commentText } from '../src/report/markdown/comment.ts'
import { say, target } from './decision/gates.ts'

/**
 * What each row of a large table costs us, besides its own runs: whole gates with few rows and with many, whose programs are a double's.
 * The difference is what the rows cost; repository, checkout and report are in both. What the sandbox costs a run is in overhead. Two files
 * are copied before each run for the sake of fresh pages, which is a part of measuring: what the same system calls take by hand is told apart.
 */
const TABLES = [30, 150, 300] as const
/** Kilobytes a row that count as few, and how much more a row may cost among many than among few. */
const MOST_KILOBYTES = 50
const MOST_GROWTH = 1.5
/** As many children that do nothing, from start to end, may a row of fourteen runs cost. */
const MOST_CHILDREN = 4

/**
 * In memory, because making and removing files costs what the disk's file system asks for it: ext4 without a journal looks through the files
 * that were removed in the last minutes for each new one. TMPDIR chooses another place.
 */
const [DISK, MEMORY] = [tmpdir(), '/dev/shm']
try {
  accessSync(MEMORY, constants.W_OK)
  process.env.TMPDIR ??= MEMORY
} catch {
  // Then it is where temporary files are.
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = () => {
  collect()
  return process.memoryUsage().heapUsed
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** What it takes to ask for the CPU time. */
const QUESTION_MILLISECONDS = (() => {
  const before = process.cpuUsage()
  for (let asked = 0; asked < 1000; asked++) process.cpuUsage()
  return millisecondsSince(before) / 1000
})()

interface Cost {
  readonly rows: number
  /** Of CPU time, which a busy machine leaves alone. */
  readonly milliseconds: number
  readonly runs: number
  /** Bytes that stay in use, seen at each keeping of what is known. */
  readonly kept: readonly number[]
  readonly verdict: string
}

async function costOf(rows: number, slower: number): Promise<Cost> {
  const repository = makeRepository()
  const ports = scriptedPorts()
  const names = Array.from({ length: rows }, (_, at) => `row${at}`)
  const costs = (of: (at: number) => number) =>
    // As many files in each table: what a first run looks through is the tree's to say.
    Object.fromEntries(Array.from({ length: TABLES[2] }, (_, at) => [`cost.row${at}`, `${of(at)} 0.01`]))
  let runs = 0
  const kept: number[] = []
  // What the programs' double takes, and our looking at the memory, is nobody's cost.
  let aside = 0
  const setAside = <T>(work: () => T): T => {
    const before = process.cpuUsage()
    const result = work()
    // The first question is as dear as the second, and only one of them is in what they tell.
    aside += millisecondsSince(before) + QUESTION_MILLISECONDS
    return result
  }
  try {
    repository.commit('base', { ...costs(() => 0.005), stamp: '0' })
    repository.git('switch', '--quiet', '--create', 'topic')
    repository.commit('head', { ...costs(at => (at < slower ? 0.006 : 0.005)), stamp: '1' })
    const cpu = process.cpuUsage()
    const { report } = await gate(
      {
        invocation: {
          ...{ seed: 1, build: 'build', counters: 'off', layouts: 'off' },
          bench: names.map(name => ({ name, command: name })),
        },
        ...{ repository: repository.folder, base: ['main'], head: 'topic', origin: {}, version: 'bench' },
        ...{ environment: {}, usesCache: false, keepsNextBase: false },
        keep: async () => void kept.push(setAside(heap)),
      },
      {
        ...ports.outside,
        isolate: async wish => {
          const sandbox = await ports.outside.isolate(wish)
          return {
            ...sandbox,
            run: job => {
              runs++
              return setAside(() => sandbox.run(job))
            },
          }
        },
      },
    )
    commentText(report, { key: 'bench' })
    return {
      rows,
      milliseconds: millisecondsSince(cpu) - aside,
      runs,
      kept: [...kept, heap()],
      verdict: report.verdict,
    }
  } finally {
    ports.remove()
    repository.remove()
  }
}

/** CPU milliseconds that the fresh copies of a row's runs take by hand: two files of a few bytes for each run of two rounds. */
function copiesOfARow(at = tmpdir()): number {
  const folder = mkdtempSync(join(at, 'perf-verdict-copies-'))
  try {
    const files = ['cost', 'stamp'].map(name => join(folder, name))
    for (const file of files) writeFileSync(file, '0.005 0.01')
    const before = process.cpuUsage()
    for (let run = 0; run < HAND_ROWS * RUNS_OF_A_ROW; run++)
      for (const file of files) {
        const copy = `${file}.copy`
        copyFileSync(file, copy, constants.COPYFILE_EXCL)
        unlinkSync(file)
        renameSync(copy, file)
      }
    return millisecondsSince(before) / HAND_ROWS
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const HAND_ROWS = 100
const RUNS_OF_A_ROW = 12

/** The yardstick of this machine at this moment: what it takes to start a process that does nothing. */
function millisecondsOfAChild(): number {
  const taken = Array.from({ length: 20 }, () => {
    const before = performance.now()
    spawnSync('true', { stdio: 'ignore' })
    return performance.now() - before
  })
  return Math.min(...taken)
}

async function tablesWith(share: number): Promise<readonly [Cost, Cost, Cost]> {
  const [few, some, many] = TABLES
  return [await costOf(few, few * share), await costOf(some, some * share), await costOf(many, many * share)]
}

const perRow = (fewer: Cost, more: Cost) =>
  (more.milliseconds - fewer.milliseconds) / (more.rows - fewer.rows)

for (const [what, share] of [
  ['equal', 0],
  ['one in ten 20 % slower', 0.1],
] as const) {
  const [copies, children] = [[copiesOfARow()], [millisecondsOfAChild()]]
  const [few, some, many] = await tablesWith(share)
  copies.push(copiesOfARow())
  children.push(millisecondsOfAChild())
  const byHand = (copies[0]! + copies[1]!) / 2
  const [first, last] = [perRow(few, some), perRow(some, many)]
  const grown = (many.kept.at(-1)! - many.kept[0]!) / many.rows / 1024
  const most = (Math.max(...many.kept) - many.kept[0]!) / many.rows / 1024
  say(
    `  ${many.rows} rows, ${what}: ${many.runs} runs (${(many.runs / many.rows).toFixed(1)} a row), verdict ${many.verdict}`,
  )
  say(
    `    own CPU time a row ${last.toFixed(1)} ms (${first.toFixed(1)} ms among the first ${some.rows}); memory a row ${most.toFixed(0)} KB at most, ${grown.toFixed(0)} KB at the end`,
  )
  const ownOfRow = (many.milliseconds - few.milliseconds) / (many.rows - few.rows) - byHand
  const ownOfRun = ownOfRow / ((many.runs - few.runs) / (many.rows - few.rows))
  const child = Math.min(...children)
  say(
    `    of it the fresh copies take ${byHand.toFixed(1)} ms by hand in ${tmpdir()} (${copiesOfARow(DISK).toFixed(1)} ms in ${DISK})`,
  )
  target(
    `besides the copies a run costs less CPU time than an empty child takes to start and end (${child.toFixed(2)} ms): ${ownOfRun.toFixed(2)} ms, ${ownOfRow.toFixed(1)} ms a row`,
    ownOfRun <= child,
  )
  target(
    `besides the copies a row costs a few ms, less than ${MOST_CHILDREN} empty children: ${ownOfRow.toFixed(1)} ms, ${(ownOfRow / child).toFixed(1)} of them`,
    ownOfRow <= MOST_CHILDREN * child,
  )
  target(
    `a row costs no more among ${many.rows} than among ${some.rows} (at most ${MOST_GROWTH} times): ${(last / first).toFixed(2)}`,
    last <= MOST_GROWTH * first,
  )
  target(
    `memory stays flat, at most ${MOST_KILOBYTES} KB a row: ${most.toFixed(0)} KB`,
    most <= MOST_KILOBYTES,
  )
}
