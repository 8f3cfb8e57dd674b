// Shares the machine: nothing here depends on the clock.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

/** An ordinary user, whom no passwd file names when the tests run as root: so a container's `--user 54321` is. */
const USER = process.getuid!() === 0 ? { uid: 54321, gid: 54321 } : {}
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-doctor-'))
  chmodSync(folder, 0o755)
  cpSync('dist', join(folder, 'dist'), { recursive: true })
  mkdirSync(join(folder, 'home'), { mode: 0o777 })
  chmodSync(join(folder, 'home'), 0o777)
  // Every program but those that make a place for jobs.
  mkdirSync(join(folder, 'bin'))
  for (const name of readdirSync('/usr/bin'))
    if (name !== 'bwrap' && name !== 'unshare') symlinkSync(`/usr/bin/${name}`, join(folder, 'bin', name))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function doctor(...words: readonly string[]) {
  const env = { PATH: join(folder, 'bin'), HOME: join(folder, 'home'), TMPDIR: join(folder, 'home') }
  return spawnSync(process.execPath, [join(folder, 'dist/cli.js'), 'doctor', ...words], {
    encoding: 'utf8',
    env,
    cwd: folder,
    ...USER,
  })
}

describe('where nothing keeps code of a pull request apart from the runner', () => {
  const isReadable = () =>
    spawnSync(process.execPath, [join(folder, 'dist/cli.js'), 'version'], { ...USER, cwd: '/' }).status === 0

  test('doctor says so, and everything else that it has to say', () => {
    if (!isReadable())
      return console.info(
        'skipped: ordinary users cannot run this node, or cannot read the folder for temporary files',
      )
    const { status, stdout, stderr } = doctor('--json')
    expect(stderr).toBe('')
    const found = JSON.parse(stdout)
    expect([status, found.verdict, found.isolation.level]).toEqual([3, 'not-ready', 'none'])
    expect(found.because.join(' ')).toMatch(/install bubblewrap and allow user namespaces/)
    expect(found.isolation.limitations[0].what).toMatch(
      /cannot isolate code of the pull request \(bubblewrap is not installed; /,
    )
    expect(found.counters.events.length).toBeGreaterThan(0)
    expect(found.tools.bwrap).toBeNull()
  })
})
