import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const CLI = resolve('dist/cli.js')
const QUICK = ['--layouts', 'off', '--counters', 'off', '--tune', 'off', '--budget', '30s', '--quiet']
/** For a machine that does much else. */
const PATIENCE = 300_000
let folder: string
let temporary: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-compare-'))
  chmodSync(folder, 0o755)
  // Of its own, because other runs on this machine have folders in the common one.
  temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  for (const [name, text] of Object.entries({
    // They print what they read, so that the noise of the machine decides nothing.
    old: 'read -r value < "$1"; echo "$value"',
    new: 'read -r value < "$1"; echo "$value"; # another text',
    slow: 'echo 0.2000; : "$1"',
  }))
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  writeFileSync(join(folder, 'value.txt'), '0.1000\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const compare = (...words: readonly string[]) =>
  spawnSync(process.execPath, [CLI, 'compare', ...QUICK, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: temporary },
  })

test(
  'two programs are compared without a repository, with the files that their words name',
  () => {
    const same = compare('./old value.txt', './new value.txt', '--format', 'seconds')
    expect([same.status, same.stdout]).toEqual([0, expect.stringMatching(/^pass: .*did not get slower/)])
    const slower = compare('./old value.txt', './slow value.txt', '--format', 'seconds')
    expect([slower.status, slower.stdout]).toEqual([1, expect.stringMatching(/^fail: slow takes 2/)])
    expect(existsSync(join(folder, '.git'))).toBe(false)
    expect(readdirSync(temporary).filter(name => name.startsWith('perf-verdict-compare-'))).toEqual([])
  },
  PATIENCE,
)

test(
  'equal programs are not measured',
  () => {
    const equal = compare('true', 'true')
    expect([equal.status, equal.stdout]).toEqual([0, expect.stringContaining('same code')])
  },
  PATIENCE,
)

test(
  'a terminal has a line of its own that is gone at the end',
  () => {
    const words = [process.execPath, CLI, 'compare', 'true', 'true', '--tune', 'off'].join(' ')
    const found = spawnSync('script', ['-qec', `stty cols 60; ${words}`, '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm' },
    })
    if (found.error) return void process.stdout.write('skipped: script is not installed\n')
    expect(found.stdout).toContain('\r\u001b[K')
    // No colours, and nothing left of the line.
    expect(found.stdout).not.toMatch(/\u001b\[(?!K)/)
    expect(found.stdout.trimEnd().split('\n').at(-1)).not.toContain('so far')
  },
  PATIENCE,
)
