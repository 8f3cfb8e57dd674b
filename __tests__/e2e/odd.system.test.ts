// Shares the machine: nothing here depends on the clock.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Gated, type GateRun, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

type Json = Readonly<Record<string, unknown>>
let stage: Stage
let head: string
const folders: string[] = []
const mounts: string[] = []

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  head = stage.sample.head(value('0.200'))
})
afterAll(async () => {
  await stage.close()
  for (const folder of mounts) execFileSync('umount', [folder])
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  stage.github.forget()
  stage.github.state.comments.length = 0
})

const code = (run: Gated) => run.stages.find(one => one.name === 'main')?.code
const event = (name: string, payload: Json = {}): Partial<GateRun> => ({
  github: { event_name: name },
  event: () => payload,
})
const env = (more: Readonly<Record<string, string>>): Partial<GateRun> => ({ runner: { env: more } })

function folder(prefix: string): string {
  const made = mkdtempSync(join(tmpdir(), prefix))
  folders.push(made)
  return made
}

/** A clone of the sample, as `git clone` with these options makes it. */
function clone(name: string, ...options: readonly string[]): string {
  const to = join(folder('pv-odd-'), name)
  const origin = join(stage.sample.root, 'origin')
  execFileSync('git', ['-C', origin, 'config', 'uploadpack.allowFilter', 'true'])
  execFileSync('git', ['clone', '--quiet', ...options, `file://${origin}`, to])
  return to
}

/** A folder on a disk that is full; undefined where nothing can be mounted. */
function fullDisk(): string | undefined {
  const at = folder('pv-full-')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', at], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  mounts.push(at)
  execFileSync('sh', ['-c', `dd if=/dev/zero of=${at}/fill bs=1k count=64 2>/dev/null || true`])
  return at
}

/** A folder of programs, for a PATH without git. */
function withoutGit(): string {
  const bin = folder('pv-bin-')
  for (const name of ['bash', 'sh', 'cc', 'timeout']) {
    const at = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
    symlinkSync(at, join(bin, name))
  }
  return bin
}

describe('a job that is odd', () => {
  test.each<readonly [string, () => Partial<GateRun>, RegExp]>([
    ['on pull_request_target', () => event('pull_request_target'), /use on: pull_request/],
    ['on an event that has no base', () => event('release'), /no defined base/],
    ['without an event', () => event(''), /no defined base/],
    ['with a payload that is cut', () => event('pull_request'), /not what GitHub documents/],
    [
      'without a file of the event',
      () => env({ GITHUB_EVENT_PATH: '' }),
      /missing or unreadable \(it is not set\)/,
    ],
    ['with a command that is none', () => ({ inputs: { command: 'mesure' } }), /must be one of gate/],
    ['with a key that is none', () => ({ inputs: { key: 'a b' } }), /key must be letters/],
    ['that publishes on a pull request', () => ({ inputs: { command: 'publish' } }), /on: workflow_run/],
    ['whose base is no commit', () => ({ inputs: { base: 'nope' } }), /"nope"/],
    ['whose shard is none', () => ({ inputs: { shard: '3/2' } }), /INDEX\/OF/],
    [
      'of a push to a shallow clone',
      () => ({
        ...event('schedule', { repository: { default_branch: 'main' } }),
        github: { event_name: 'schedule', sha: stage.sample.base, ref: 'refs/heads/main' },
        runner: { workspace: shallow() },
      }),
      /shallow: check out with fetch-depth: 0/,
    ],
    ['without git', () => env({ PATH: withoutGit() }), /git is not installed/],
    ['whose folder for work is not there', () => env({ TMPDIR: '/nonexistent/x' }), /No working folder/],
    [
      'in a clone that lacks files',
      () => ({ runner: { workspace: clone('partial', '--filter=blob:none', '--no-checkout') } }),
      /without filter and sparse-checkout/,
    ],
  ])('%s says so by exit code, verdict, error and summary', async (_, make, says) => {
    const run = await stage.gate(head, make())
    expect([code(run), run.outputs.verdict]).toEqual([2, 'error'])
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringMatching(says) }),
    )
    expect(run.summary).not.toBe('')
    expect(run.log).not.toContain('bug in Perf Verdict')
  })

  /** Two commits of main, of which the clone has the newer one. */
  function shallow(): string {
    stage.sample.advance({ 'more.txt': '1' })
    return clone('shallow', '--depth=1')
  }

  test('on a full disk says which one', async () => {
    const full = fullDisk()
    if (full === undefined) return void process.stdout.write('skipped: nothing can be mounted here\n')
    const reports = await stage.gate(head, { inputs: { out: full } })
    expect([code(reports), reports.outputs.verdict]).toEqual([2, 'error'])
    expect(reports.comments).toEqual([expect.stringContaining('the disk is full')])
    const work = await stage.gate(head, env({ TMPDIR: full }))
    expect([code(work), work.outputs.verdict]).toEqual([3, 'error'])
    expect(work.comments).toEqual([expect.stringMatching(/the disk is full; free some space/)])
  })

  test.each(['a b', 'a\nb', `ü 'x"$(id)`])('in a folder called %j is measured as anywhere', async name => {
    const workspace = clone(name)
    execFileSync('git', [
      '-C',
      workspace,
      'fetch',
      '--quiet',
      'origin',
      '+refs/heads/*:refs/remotes/origin/*',
    ])
    const run = await stage.gate(head, { runner: { workspace } })
    expect([code(run), run.outputs.verdict]).toEqual([1, 'fail'])
  })
})
