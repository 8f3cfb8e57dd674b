// Shares the machine: nothing here depends on the clock.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const CLI = resolve('dist/cli.js')
let folder: string
let git: (...args: readonly string[]) => void

const ONE = 'benchmarks:\n  - name: a\n    command: ./a\n'

/** What somebody writes into the configuration on the first day, and what is said, with the line of the file. */
const FILES: readonly (readonly [text: string, code: number, says: RegExp])[] = [
  [`bild: make\n${ONE}`, 2, /yml:1: bild is not a setting \(did you mean build\?\)/],
  ['build: make\nbenchmarks:\n\t- name: a\n', 2, /yml:3: Tabs are not allowed.*; correct this line/],
  ['build: make\nbenchmarks:\n  a: ./a\n', 2, /yml:2: benchmarks must be a list, with - before each entry/],
  ['build: make\n', 2, /No benchmark is given: name one/],
  ['', 2, /No benchmark is given: name one/],
  [`threshold: 5\n${ONE}`, 2, /yml:1: threshold must be a percentage above zero such as 5%, not "5"/],
  [`threshold: 0.05\n${ONE}`, 2, /such as 5%, not "0.05"/],
  ['benchmarks:\n  - command: ./a\n', 2, /yml:2: benchmarks\[1\]\.name is missing; add it/],
  ['benchmarks:\n  - name: a\n', 2, /yml:2: benchmarks\[1\]\.command is missing; add it/],
  [`build: a\nbuild: b\n${ONE}`, 2, /yml:2: build is given twice; give it once/],
  [`metric: instruction\n${ONE}`, 2, /yml:1: metric must be one or more of time.*not "instruction"/],
  [`on-undecided: ignore\n${ONE}`, 2, /yml:1: on-undecided must be one of fail, warn, pass/],
  [`layouts: no\n${ONE}`, 2, /yml:1: layouts must be auto, off, rounds or a whole number/],
  [`budget: 10\n${ONE}`, 2, /yml:1: budget must be a time such as 90s, 10m or 1h, not "10"/],
  [`base: main\n${ONE}`, 2, /yml:1: base is an option of the command line or the action.*give it there/],
  [
    `${ONE}    rows:\n      - { threshold: 2% }\n`,
    2,
    /yml:5: benchmarks\[1\]\.rows\[1\]\.match is missing; add it/,
  ],
  ['build: "make\nbenchmarks:\n  - name: a\n', 2, /yml:4: Missing closing "quote; correct this line/],
  [ONE.replaceAll('\n', '\r\n'), 0, /a +time +5 % +\.\/a/],
]

const GATE = ['gate', '--base', 'main', '--bench', 'a=./a', '--dry-run']

/** What a machine or a terminal is like, and what the same gate says there. */
const PLACES: readonly (readonly [
  place: string,
  env: () => Readonly<Record<string, string | undefined>>,
  words: readonly string[],
  code: number,
  says: RegExp,
])[] = [
  [
    'no git',
    () => ({ PATH: join(folder, 'bin') }),
    GATE,
    3,
    /is not installed, or PATH does not name its folder; install it/,
  ],
  [
    'a dumb and narrow terminal, another language and no home folder',
    () => ({ TERM: 'dumb', COLUMNS: '20', LANG: 'tr_TR.UTF-8', LC_ALL: 'de_DE.UTF-8', HOME: undefined }),
    GATE,
    0,
    /Nothing was built or measured[\s\S]*5 % +\.\/a/,
  ],
  ['CI on GitHub', () => ({ CI: 'true', GITHUB_ACTIONS: 'true' }), GATE, 0, /Nothing was built or measured/],
  [
    'an out folder that takes no file',
    () => ({}),
    [...GATE, '--out', '/proc/x'],
    2,
    /Name another folder with out/,
  ],
  ['a negative threshold', () => ({}), [...GATE, '--threshold=-5%'], 2, /above zero such as 5%, not "-5%"/],
  ['no budget', () => ({}), [...GATE, '--budget', '0s'], 2, /such as 90s, 10m or 1h, not "0s"/],
  ['fewer layouts than four', () => ({}), [...GATE, '--layouts', '3'], 2, /a whole number of at least 4/],
  ['no CPU', () => ({}), [...GATE, '--cpus', '0'], 2, /--cpus must be all or a whole number of at least 1/],
  [
    'the third share of two',
    () => ({}),
    [...GATE, '--shard', '3/2'],
    2,
    /--shard must be INDEX\/OF such as 2\/5/,
  ],
  ['a cache in words', () => ({}), [...GATE, '--l1i', '32k'], 2, /in bytes such as 32768,8,64, not "32k"/],
  [
    'a shared folder next door',
    () => ({}),
    [...GATE, '--share', '../x'],
    2,
    /must be absolute paths, or paths that begin with ~\//,
  ],
  [
    'an unknown network',
    () => ({}),
    [...GATE, '--network', 'off'],
    2,
    /--network must be one of builds, none, all/,
  ],
  [
    'an unknown isolation',
    () => ({}),
    [...GATE, '--isolation', 'none'],
    2,
    /--isolation must be one of auto, required, off/,
  ],
  [
    'a commit before the first',
    () => ({}),
    ['gate', '--base', 'HEAD~999', '--bench', 'a=./a', '--dry-run'],
    2,
    /"HEAD~999" is not a commit/,
  ],
]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-mistakes-in-files-'))
  git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args], {
      stdio: 'ignore',
    })
  git('init', '--quiet', '--initial-branch=main')
  mkdirSync(join(folder, '.github'))
  writeFileSync(join(folder, '.gitignore'), 'bin\n')
  FILES.forEach(([text], at) => {
    writeFileSync(join(folder, '.github', 'perf-verdict.yml'), text)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', `--message=configuration ${at}`)
    git('tag', `base-${at}`)
    git('commit', '--quiet', '--allow-empty', '--message=head')
    git('tag', `head-${at}`)
  })
  git('rm', '--quiet', '.github/perf-verdict.yml')
  git('commit', '--quiet', '--message=no configuration')
  git('switch', '--quiet', '--create', 'feature')
  git('commit', '--quiet', '--allow-empty', '--message=head')
  mkdirSync(join(folder, 'bin'))
  symlinkSync(process.execPath, join(folder, 'bin', 'node'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (words: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
  new Promise<{ readonly code: number; readonly text: string }>(done => {
    const options = { cwd: folder, env: { ...process.env, NO_COLOR: '1', ...env } }
    const child = execFile(process.execPath, [CLI, ...words], options, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, text: `${stdout}${stderr}` }),
    )
  })

/** What every message keeps: no trace, no colour, one sentence that ends, and no file left behind. */
function expectSaid(
  { code, text }: { readonly code: number; readonly text: string },
  expected: number,
  says: RegExp,
) {
  expect(text).toMatch(says)
  expect(code).toBe(expected)
  expect(text).not.toMatch(/bug in Perf Verdict|\u001b|\n {4}at /)
  if (code !== 0) expect(text).toMatch(/perf-verdict: [^\n]+\.\n$/)
  // The out folder is tried and removed again, by several at once here; no report is in it.
  expect(existsSync(join(folder, 'perf-verdict', 'report.json'))).toBe(false)
  expect(
    readdirSync(folder)
      .filter(name => name !== 'perf-verdict')
      .toSorted(),
  ).toEqual(['.git', '.gitignore', 'bin'])
}

const CASES = [
  ...FILES.map(([text, code, says], at) => ({
    called: `a configuration ${JSON.stringify(text)}`,
    words: ['gate', '--base', `base-${at}`, '--head', `head-${at}`, '--dry-run'],
    env: () => ({}),
    code,
    says,
  })),
  ...PLACES.map(([place, env, words, code, says]) => ({ called: place, words, env, code, says })),
].map((each, at) => ({ ...each, at }))

let told: Promise<readonly Awaited<ReturnType<typeof run>>[]> | undefined

/** All of them, a few at a time. */
async function all() {
  const results: Awaited<ReturnType<typeof run>>[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < CASES.length; at = next++) {
      const { words, env } = CASES[at]!
      results[at] = await run(words, env())
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return results
}

test.each(CASES)('a gate with $called', async ({ at, code, says }) => {
  told ??= all()
  expectSaid((await told)[at]!, code, says)
})
