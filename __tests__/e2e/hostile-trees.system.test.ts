// Shares the machine: nothing here depends on the clock.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { RunningStage } from '../doubles/runner/stage.ts'
import { type Gated, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({
    'program.c': PRINT,
    ...value('0.100'),
    'leave.py': LEAVINGS,
    '.github/perf-verdict.yml': 'threshold: 5%\n',
  })
})
afterAll(async () => await stage.close())

const main = (run: Gated) => run.stages.find(one => one.name === 'main')

/** What a build may leave behind, all at once: no level, right, name, size or kind of file that it could not. */
const LEAVINGS = `
import os, socket
os.makedirs("closed/inner"); open("closed/inner/file", "w").close()
for name in ["new\\nline", "bi\\u202edi", "::error::owned", "-rf", "x" * 200]: open(name, "w").close()
os.mkfifo("pipe"); os.symlink("/dev/zero", "zero"); os.symlink(".", "loop"); os.symlink("/", "root")
socket.socket(socket.AF_UNIX).bind("socket")
with open("sparse", "w") as huge:
    try: huge.truncate(1 << 40)
    except OSError: huge.truncate(1 << 30) # the limit of a file
os.mkdir("many")
for at in range(20000): open(f"many/{at}", "w").close()
os.chmod("closed/inner", 0); os.chmod("closed", 0)
for level in range(600):
    os.mkdir("n" * 200); os.chdir("n" * 200)
`

/** Stands for more values than there are atoms, in a kilobyte. */
const BOMB = [
  'a0: &a0 [x,x,x,x,x,x,x,x,x]',
  ...Array.from({ length: 8 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(',')}]`),
].join('\n')

describe('a tree that is hostile', () => {
  test.each([
    ['head', 'auto'],
    ['base head', 'auto'],
    ['head', 'off'],
  ])('on %s, at isolation %s, hinders no gate and leaves nothing', async (sides, isolation) => {
    const leave = `case "${sides}" in *"$PERF_VERDICT_SIDE"*) python3 leave.py;; esac`
    const head = stage.sample.head({ ...value('0.200'), '.github/perf-verdict.yml': BOMB })
    const build = `cc -O1 -o program program.c && ${leave}`
    const run = await stage.gate(head, { inputs: { build, isolation } })
    expect(run.log).not.toContain('bug in Perf Verdict')
    expect([main(run)?.code, run.outputs.verdict]).toEqual([1, 'fail'])
    expect(run.report?.benchmarks).toMatchObject([{ decision: 'slower' }])
    expect(run.annotations.filter(({ message }) => message.includes('owned'))).toEqual([])
    expect(readdirSync(join(stage.sample.root, 'tmp'))).toEqual([])
  })

  test.each<[string, (at: string) => void, RegExp]>([
    ['a link', at => symlinkSync('../..', at), /evil is a symbolic link/],
    ['a file', at => writeFileSync(at, ''), /evil is not a folder/],
    ['a pipe', at => void spawnSync('mkfifo', [at]), /evil is not a folder/],
  ])('with %s in the way of the reports is told before anything is built', async (_, place, says) => {
    const head = stage.sample.head(value('0.101'))
    const evil = join(stage.sample.workspace, 'evil')
    const inputs = { build: 'echo built-it >&2; exit 9', out: 'evil' }
    const run = await stage.gate(head, {
      inputs,
      runner: { onStart: (_running, name) => void (name === 'main' && place(evil)) },
    })
    rmSync(evil, { force: true })
    expect(run.log).toMatch(says)
    expect(run.log).not.toMatch(/built-it|bug in Perf Verdict/)
    expect(run.outputs.verdict).toBe('error')
    expect(existsSync(join(stage.sample.root, 'deep'))).toBe(false)
  })

  test('of a great many files lets a signal in while it is compared', async () => {
    const many = 'for d in $(seq 20); do mkdir d$d; (cd d$d && seq 1000 | xargs touch); done'
    const head = stage.sample.head(value('0.102'))
    let running: RunningStage | undefined
    let startedAt = 0
    let signalledAt = 0
    const run = await stage.gate(head, {
      inputs: { build: `cc -O1 -o program program.c; ${many}` },
      runner: {
        onStart: (started, name) => {
          if (name !== 'main') return
          running = started
          startedAt = performance.now()
        },
        onLine: line => {
          if (signalledAt > 0 || !line.includes('Look whether')) return
          signalledAt = performance.now() + 1_000
          setTimeout(() => running?.signal('SIGTERM'), 1_000)
        },
      },
    })
    expect(main(run)!.milliseconds - (signalledAt - startedAt)).toBeLessThan(6_000)
    expect(run.outputs.verdict).not.toBe('pass')
  })
})
