import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { hasTool } from '../doubles/programs.ts'

const CLI = resolve('dist/cli.js')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-terminal-'))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args])
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, 'bench'), '#!/bin/sh\nexec sleep 0.05\n', { mode: 0o755 })
  git('add', '--all')
  git('commit', '--quiet', '--message=one')
  git('switch', '--quiet', '--create', 'feature')
  writeFileSync(join(folder, 'bench'), '#!/bin/sh\nexec sleep 0.06\n')
  git('commit', '--quiet', '--all', '--message=two')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COUNT = '--tune off --layouts off --counters off'
const GATE = `gate --base main --bench a=./bench --threshold 19.5% --budget 5m ${COUNT}`

/** A gate on a terminal of its own (script(1)); `at` gets the screen so far and may type. */
async function onTerminal(
  command: string,
  at: (screen: string, type: (keys: string) => void) => void,
): Promise<{ readonly screen: string; readonly code: number | null }> {
  const line = `stty cols 60; exec ${process.execPath} ${CLI} ${command}`
  const child = spawn('script', ['--quiet', '--return', '--echo', 'never', '--command', line, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, TERM: 'xterm', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text
    at(screen, keys => void child.stdin.write(keys))
  })
  const code = await new Promise<number | null>(done => child.on('close', done))
  return { screen, code }
}

const withScript = hasTool('script') ? test : test.skip
if (!hasTool('script'))
  process.stdout.write('skipped: script(1) is not there, so there is no terminal to try\n')

withScript(
  'Ctrl-C on a terminal, twice as people press it, ends the gate with a report that says so',
  async () => {
    const out = join(folder, 'perf-verdict')
    mkdirSync(out)
    writeFileSync(join(out, 'report.md'), "yesterday's")
    let pressed = 0
    const { screen, code } = await onTerminal(GATE, (seen, type) => {
      if (pressed === 0 && /Measure both sides/.test(seen)) pressed = type('\u0003') ?? 1
      else if (pressed === 1 && /SIGINT/.test(seen)) pressed = type('\u0003') ?? 2
    })
    expect(pressed).toBe(2)
    expect(code).toBe(130)
    expect(screen).toMatch(/SIGINT: stopping, and putting everything back/)
    expect(screen).not.toMatch(/bug in Perf Verdict|\n {4}at /)
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toMatch(
      /was ended before it was finished|was interrupted/,
    )
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'error' })
  },
)

withScript('a live line tells on a terminal what is done, within its width, and goes away', async () => {
  const { screen } = await onTerminal(`${GATE.replace('5m', '5s')} --on-undecided pass`, () => {})
  const live = screen.split('\r').filter(part => /Measure both sides/.test(part))
  expect(live.length).toBeGreaterThan(0)
  const plain = live.map(part => part.split('\n')[0]!.replace(/\u001b\[[\d;?]*[A-Za-z]/g, ''))
  for (const text of plain) expect(text.length).toBeLessThanOrEqual(60)
})

test('a configuration that is misnamed or not committed is found and told', () => {
  mkdirSync(join(folder, '.github'))
  const asked = (name: string) => {
    writeFileSync(join(folder, '.github', name), 'benchmarks: [{ name: a, command: ./bench }]\n')
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'gate', '--base', 'main', '--dry-run'], {
      cwd: folder,
      encoding: 'utf8',
    })
    rmSync(join(folder, '.github', name))
    return [status, stderr]
  }
  expect(asked('perf-verdict.yaml')).toEqual([
    2,
    expect.stringMatching(/perf-verdict\.yaml, which is not read: rename it/),
  ])
  expect(asked('perf-verdict.yml')).toEqual([
    2,
    expect.stringMatching(/in the work tree, but neither base nor head has it: commit it/),
  ])
  expect(existsSync(join(folder, 'perf-verdict', 'report.json'))).toBe(true)
})
