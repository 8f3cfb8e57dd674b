// Shares the machine: nothing here depends on the clock.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeRepository } from '../doubles/repository.ts'
import { soaking } from '../doubles/soak.ts'

/** What a terminal obeys, or shows as something else, in everything of a pull request that has a name or prints something. */
const CLI = resolve('dist/cli.js')
const EVIL = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\u202c\u200b ::error::owned ##[error]owned'
const UNSEEN = /[\p{Cf}\u007f-\u009f\u2028\u2029]|(?!\n)\p{Cc}/u

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-escapes-'))
  // Jobs may run as another user, who must reach the work folder below it.
  chmodSync(folder, 0o755)
  const { git, commit } = makeRepository(join(folder, 'repository'))
  mkdirSync(join(folder, 'tmp'), { mode: 0o711 })
  commit('one', { 'bench.sh': 'echo 0.1\n' })
  git('switch', '--quiet', '--create', 'feature')
  // Its configuration counts, because the base has none.
  const quoted = JSON.stringify(EVIL)
  const config = `build: sh build.sh\nbenchmarks:\n  - { name: ${quoted}, command: sh bench.sh, format: "regex:(0\\\\.1)" }\n`
  const prints = `printf '%b' '${[...Buffer.from(EVIL)].map(byte => `\\0${byte.toString(8)}`).join('')}'`
  const files = {
    '.github/perf-verdict.yml': config,
    '.github/wrong.yml': `${quoted}: 1\n`,
    'build.sh': `${prints}; ${prints} >&2; grep -q again bench.sh && exit 3; exit 0\n`,
    'bench.sh': `${prints}; ${prints} >&2; head -c 3000000 /dev/zero | tr '\\0' 'a'; echo 0.1\n`,
  }
  commit(EVIL, files)
  commit(EVIL, { 'bench.sh': '# again\n' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const OFF = ['--tune', 'off', '--layouts', 'off', '--counters', 'off']
const CASES: readonly (readonly [name: string, words: readonly string[], code: number | undefined])[] = [
  ['a plan', ['gate', '--base', 'main', '--dry-run', '--head', 'feature~1'], 0],
  ['a plan as JSON', ['gate', '--base', 'main', '--dry-run', '--head', 'feature~1', '--json'], 0],
  ['a list', ['list', '--head', 'feature~1'], 0],
  ['a list as JSON', ['list', '--head', 'feature~1', '--json'], 0],
  ['a build that fails', ['gate', '--base', 'main~0', ...OFF], 3],
  // Whether it decides by then is up to the machine.
  ...(soaking
    ? ([
        ['a gate', ['gate', '--base', 'main', '--head', 'feature~1', ...OFF, '--budget', '60s'], undefined],
      ] as const)
    : []),
  ['a wrong configuration', ['gate', '--base', 'main', '--config', '.github/wrong.yml'], 2],
]

test.each(CASES)('%s says nothing that a terminal obeys or hides', (_, words, code) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    cwd: join(folder, 'repository'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: join(folder, 'tmp'), GITHUB_ACTIONS: 'true' },
  })
  const out = join(folder, 'repository', 'perf-verdict')
  const files = existsSync(out) ? readdirSync(out).map(name => readFileSync(join(out, name), 'utf8')) : []
  const said = [stdout, stderr, ...files].join('\n')
  if (code !== undefined) expect({ status, said }).toMatchObject({ status: code })
  expect(said).toContain('evil')
  expect(said.split('\n').filter(line => UNSEEN.test(line))).toEqual([])
  expect(said.split('\n').filter(line => line.length > 20_000 && !line.startsWith('{'))).toEqual([])
})
