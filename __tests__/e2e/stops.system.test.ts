import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isRoot, ORDINARY } from '../doubles/drive-sandbox.ts'
import { leftoversOf, processesOf } from '../doubles/leftovers.ts'
import { hasTool } from '../doubles/programs.ts'
import { makeRepository } from '../doubles/repository.ts'
import { PATIENCE, soaking } from '../doubles/soak.ts'

/** Whole gates that a signal ends where something of theirs hangs for an hour: it ends with them, whatever it was and ignores. */
const CLI = resolve('dist/cli.js')
/** How long what hangs would take: nothing else on this machine sleeps that long. */
const HOUR = `3600.${process.pid}`

const HANG = `#include <signal.h>
#include <unistd.h>
int main(void) {
  for (int each = 1; each < 32; each++) signal(each, SIG_IGN);
  execl("/bin/sleep", "sleep", "${HOUR}", (char *)0);
  return 9;
}
`

/** Prints a value that depends on where \`work\` is, so that layouts and remedies are tried; hangs at the moment that is asked for. */
const MAIN = `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
unsigned work(unsigned), cold(unsigned);
static int is(const char *moment) {
  const char *asked = getenv("MOMENT");
  return asked && !strcmp(asked, moment);
}
static int parent_says(const char *word) {
  static char name[64], text[65536];
  snprintf(name, sizeof name, "/proc/%d/cmdline", (int)getppid());
  FILE *file = fopen(name, "r");
  size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
  for (size_t i = 0; i < length; i++) if (!text[i]) text[i] = ' ';
  return strstr(text, word) != 0;
}
/* How often this program has run in this home. */
static long runs(void) {
  static char name[512];
  snprintf(name, sizeof name, "%s/runs", getenv("HOME"));
  FILE *file = fopen(name, "a");
  if (!file) return 0;
  fputc('x', file);
  long length = ftell(file);
  fclose(file);
  return length;
}
#ifndef MADE_FOR
#define MADE_FOR "nothing"
#endif
int main(int given, char **args) {
  const char *preload = getenv("LD_PRELOAD");
  int hangs = is("counting") ? preload && strstr(preload, "vgpreload") != 0
    : is("following") ? parent_says("perl")
    : is("measuring") ? runs() > 5
    : is(MADE_FOR) && runs() > 2;
  if (hangs) execl("./hang", "hang", (char *)0);
  volatile unsigned x = work(1);
  if (given > 5) x = cold(x);
  printf("%s\\n", (uintptr_t)work % 64 == 0 ? "0.100" : "0.110");
  return 0;
}
`

/** The gate puts its wrappers in front of PATH when it builds for other layouts. */
const BUILD = `gcc -o hang hang.c || exit
case $PATH in
  */of-flags-*) made=remedy ;;
  */wrappers:*) made=layouts ;;
  *) made=both ;;
esac
if [ "$MOMENT" = "$made-build" ]; then exec ./hang; fi
gcc -g -O1 -DMADE_FOR="\\"$made\\"" -o program cold.c work.c main.c
`
const WORK = `unsigned work(unsigned x) { for (unsigned i = 0; i < 300000; i++) x = x * 1664525u + 1013904223u; return x; }\n`
const COLD = '__attribute__((aligned(64))) unsigned cold(unsigned x) { return x + 1; }\n'
const ALIGNED = '__attribute__((aligned(64), noinline)) unsigned work(unsigned);\n'

/** A git that takes for ever with some words. */
const GIT = (words: string) => `#!/bin/sh
case " $* " in *" ${words} "*) exec sleep ${HOUR} ;; esac
exec /usr/bin/git "$@"
`

interface Moment {
  readonly name: string
  readonly command?: 'gate' | 'bisect'
  readonly options?: readonly string[]
  /** Words of the git that hangs. */
  readonly git?: string
  /** Whether a slowdown is known by then. */
  readonly decided?: true
  /** Whether it is tried every day. */
  readonly daily?: true
}

const BY_COUNTS = ['--metric', 'instructions']
const MOMENTS: readonly Moment[] = [
  { name: 'reading the clone', git: 'for-each-ref', daily: true },
  { name: 'checking out', git: 'reset' },
  { name: 'both-build' },
  { name: 'measuring' },
  { name: 'following', options: BY_COUNTS },
  { name: 'counting', options: BY_COUNTS, daily: true },
  { name: 'layouts-build', decided: true },
  { name: 'layouts', decided: true },
  { name: 'remedy-build', decided: true },
  { name: 'remedy', decided: true },
  { name: 'measuring', command: 'bisect' },
  { name: 'both-build', command: 'bisect' },
]

const LEVELS = [
  { name: 'root', as: 'root', without: [] },
  { name: 'uid', as: 'root', without: ['bwrap', 'unshare'] },
  { name: 'ordinary user', as: 'ordinary', without: [] },
] as const
type Level = (typeof LEVELS)[number]

const SIGNALS = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129 } as const

let folder: string
const roots = new Map<string, string>()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-stops-'))
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A folder of one user with the repository and a place for work folders. */
function rootOf({ as }: Level): string {
  const known = roots.get(as)
  if (known !== undefined) return known
  const root = join(folder, as)
  const repository = join(root, 'repository')
  mkdirSync(join(root, 'tmp'), { mode: 0o711, recursive: true })
  const { git, commit } = makeRepository(repository)
  commit('base', {
    'hang.c': HANG,
    'main.c': MAIN,
    'build.sh': BUILD,
    'cold.c': COLD,
    'work.c': ALIGNED + WORK,
  })
  git('switch', '--quiet', '--create', 'feature')
  commit('notes', { notes: 'nothing\n' })
  // The function loses its alignment, and code that never runs moves it.
  const more = '__attribute__((used)) static unsigned colder(unsigned x) { return x * 77 + 5; }\n'
  commit('head', { 'work.c': WORK, 'cold.c': COLD + more })
  if (as === 'ordinary' && isRoot) execFileSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, root])
  roots.set(as, root)
  return root
}

/** The system's tools without some, and with a git of ours in front of them. */
function pathFor({ without }: Level, git: string | undefined): string {
  const front = mkdtempSync(join(folder, 'front-'))
  const bin = mkdtempSync(join(folder, 'bin-'))
  for (const each of [front, bin]) chmodSync(each, 0o755)
  if (git !== undefined) {
    writeFileSync(join(front, 'git'), GIT(git))
    chmodSync(join(front, 'git'), 0o755)
  }
  for (const at of ['/usr/bin', '/usr/sbin'])
    for (const name of readdirSync(at))
      if (!(without as readonly string[]).includes(name) && !existsSync(join(bin, name)))
        symlinkSync(join(at, name), join(bin, name))
  return `${front}:${bin}`
}

const pause = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds))
const hanging = () => processesOf(` ${HOUR} `)

/** Runs a gate until something of it hangs, sends it a signal, and gathers how it ended. */
async function stopped(moment: Moment, level: Level, signal: keyof typeof SIGNALS) {
  const root = rootOf(level)
  const out = join(root, 'repository', 'perf-verdict')
  rmSync(out, { recursive: true, force: true })
  const become = ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups', '--']
  const command = moment.command ?? 'gate'
  const base = command === 'gate' ? ['--base', 'main'] : ['--base', 'main', '--head', 'feature']
  const [file, ...args] = [
    ...(level.as === 'ordinary' && isRoot ? become : []),
    ...[process.execPath, CLI, command, ...base, '--build', 'sh build.sh', '--bench', 'parse=./program'],
    ...[
      '--format',
      'seconds',
      '--tune',
      'off',
      '--counters',
      'simulated',
      '--seed',
      '1',
      '--layout-budget',
      '30s',
    ],
    ...(moment.options ?? []),
    ...['--env', `MOMENT=${moment.name}`],
  ]
  const child = spawn(file!, args, {
    cwd: join(root, 'repository'),
    env: { PATH: pathFor(level, moment.git), HOME: join(root, 'repository'), TMPDIR: join(root, 'tmp') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      log += chunk
    })
  const end = new Promise<{ code: number | null; by: string | null }>(done =>
    child.on('close', (code, by) => done({ code, by })),
  )
  let over = false
  void end.then(() => {
    over = true
  })
  while (!over && hanging().length === 0) await pause(50)
  if (over) throw new Error(`nothing hung at ${moment.name}: ${log}`)
  child.kill(signal)
  const { code, by } = await end
  const read = (name: string) =>
    existsSync(join(out, name)) ? readFileSync(join(out, name), 'utf8') : undefined
  return { pid: child.pid!, root, code, by, log, json: read('report.json'), markdown: read('report.md') }
}

/** What is there that was not before, a moment after the gate. */
async function leftAfterAMoment(
  root: string,
  { pid, before }: { readonly pid: number; readonly before: readonly string[] },
): Promise<readonly string[]> {
  // Other gates may end meanwhile, whose groups have other names.
  const isOurs = (each: string) => !each.startsWith('groups:') || each.includes(`-${pid}.`)
  const left = () => thereOf(root).filter(each => !before.includes(each) && isOurs(each))
  for (let patience = 0; patience < 20 && left().length > 0; patience++) await pause(50)
  return left()
}

const thereOf = (root: string): readonly string[] => [
  ...Object.entries(leftoversOf(root)).flatMap(([kind, found]) => found.map(each => `${kind}: ${each}`)),
  ...hanging(),
]

const levels = LEVELS.filter(({ as }) => isRoot || as === 'ordinary')
const signals = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]
test.each(signals)('a command that only looks at a clone ends with what it started (%s)', async signal => {
  const level = levels.find(({ name }) => name === 'root') ?? levels[0]!
  const root = rootOf(level)
  const before = thereOf(root)
  const env = { PATH: pathFor(level, 'ls-files'), HOME: root, TMPDIR: join(root, 'tmp') }
  const cwd = join(root, 'repository')
  const child = spawn(process.execPath, [CLI, 'init', '--dry-run'], { cwd, env, stdio: 'ignore' })
  const end = new Promise(done => child.on('close', (code, by) => done({ code, by })))
  while (hanging().length === 0 && child.exitCode === null) await pause(20)
  child.kill(signal)
  expect(await end).toEqual({ code: SIGNALS[signal], by: null })
  expect(await leftAfterAMoment(root, { pid: child.pid!, before })).toEqual([])
})

const cases = MOMENTS.flatMap((moment, at) =>
  levels.map((level, index) => ({ moment, level, signal: signals[(at + index) % signals.length]! })),
)
/** Every day at moments that come soon: without namespaces, where nothing but the gate itself ends a job, as far as one may be there. */
const TRIED = soaking
  ? cases
  : cases.filter(({ moment, level }) => moment.daily && level === (levels[1] ?? levels[0]))

const NAMED = new RegExp(process.env.STOPS ?? '')
const NEEDS = ['gcc', 'valgrind', 'git']
const missing = NEEDS.filter(tool => !hasTool(tool))
if (missing.length > 0) process.stdout.write(`skipped: gates that are stopped need ${missing.join(', ')}\n`)
const withTools = missing.length > 0 ? test.skip : test

withTools.each(
  TRIED.map(each => ({
    ...each,
    says: `${each.moment.command ?? 'gate'}, ${each.moment.name}, ${each.level.name}, ${each.signal}`,
  })).filter(({ says }) => NAMED.test(says)),
)(
  'a signal ends all of it: $says',
  async ({ moment, level, signal }) => {
    const before = thereOf(rootOf(level))
    const { pid, root, code, by, log, json, markdown } = await stopped(moment, level, signal)
    if (code !== SIGNALS[signal]) throw new Error(`ended with ${code ?? by}: ${log}`)
    expect(await leftAfterAMoment(root, { pid, before })).toEqual([])
    expect(log).toContain(`${signal}: stopping, and putting everything back.`)
    expect(log).not.toMatch(/bug in Perf Verdict|\n {4}at |While (?:cleaning up|stopping)/)
    if (moment.command === 'bisect') return expect(json ?? '').not.toMatch(/"verdict": ?"pass"/)
    // What was measured by then stays known, and is never a pass.
    expect(JSON.parse(json ?? '{}')).toMatchObject({ verdict: moment.decided ? 'fail' : 'error' })
    expect(markdown).toMatch(/was ended before it was finished|was interrupted/)
  },
  PATIENCE,
)
