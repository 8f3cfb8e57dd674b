// Shares the machine: nothing here depends on the clock.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { isRoot, ORDINARY } from '../doubles/drive-sandbox.ts'
import { hasTool } from '../doubles/programs.ts'
import { makeRepository } from '../doubles/repository.ts'
import { counted, PATIENCE, soaking } from '../doubles/soak.ts'

/** Whole gates of a change whose program says that its source is in files that its jobs could not read: no form of the report quotes one. */
const CLI = resolve('dist/cli.js')
/** What stands in each line of what nobody may read. */
const LEAKED = `leaked-${randomUUID()}`
const SECRET = `${LEAKED} in a line of a file\n`.repeat(60)

interface Setting {
  readonly root: string
  readonly home: string
  readonly repository: string
}

/** Files that only the gate's own user can read, by names that a build can give to its sources. */
const namesIn = ({ root, home, repository }: Setting): readonly string[] => [
  join(home, 'secret.c'),
  join(root, 'closed', 'secret.c'),
  // Links that the change commits, and one that its build makes in its own home.
  'link.c',
  'folder/secret.c',
  '/home/perf-verdict/link.c',
  // What is in the user's own work tree and in no commit.
  join(repository, '.env'),
  join(repository, 'link.c'),
  join(repository, '.git', 'secret.c'),
  // Ways around.
  `../../../../../../../../..${home}/secret.c`,
  `/proc/self/root${home}/secret.c`,
  `/proc/self/cwd/.env`,
  `/usr/lib/../..${home}/secret.c`,
  '/proc/self/environ',
  '/dev/fd/0',
  `//${home}//secret.c`,
  `/tmp/../${home}/secret.c`,
  `${repository}/../home/secret.c`,
  `/perf-verdict/../${home}/secret.c`,
]

const BENCHES = counted(1, 3)
const PER_FUNCTION = 3
/** As many functions as the report shows of a row. */
const PER_BENCH = 2

/** A program whose hot functions each claim to be from three of the files. */
function sources(names: readonly string[], steps: number): string {
  const functions = Array.from({ length: BENCHES * PER_BENCH }, (_, at) => {
    const claimed = names.slice(at * PER_FUNCTION, (at + 1) * PER_FUNCTION)
    const lines = claimed.flatMap((name, index) => [
      `#line ${5 + index} "${name}"`,
      ...Array.from({ length: steps }, () => 'x = x * 1664525u + 1013904223u; x ^= x >> 7;'),
    ])
    return `#line 1 "main.c"
__attribute__((noinline)) unsigned hot_${at}(unsigned x) {
  for (unsigned i = 0; i < 40000; i++) {
${lines.join('\n')}
#line 4 "main.c"
  }
  return x;
}
`
  })
  const calls = Array.from(
    { length: BENCHES },
    (_, bench) =>
      `if (which == ${bench}) x += ${Array.from({ length: PER_BENCH }, (__, at) => `hot_${bench * PER_BENCH + at}(x)`).join(' + ')};`,
  )
  return `#include <stdio.h>
#include <stdlib.h>
${functions.join('\n')}
unsigned plain(unsigned);
int main(int given, char **args) {
  int which = atoi(args[1]);
  volatile unsigned x = given;
  ${calls.join('\n  ')}
  if (which == ${BENCHES}) x += plain(x);
  puts("0.1${steps}0");
  FILE *got = fopen("got", "r");
  for (int each; got && (each = getc(got)) != EOF; ) putchar(each);
  return 0;
}
`
}

/** The control: a function as any other, which the report must quote. */
const plain = (steps: number) => `unsigned plain(unsigned x) {
  for (unsigned plainly_quoted = 0; plainly_quoted < ${steps * 40_000}u; plainly_quoted++)
    x = x * 1664525u + plainly_quoted;
  return x;
}
`

/** The build reads what it can, by itself and by the assembler, and has the program print it. */
const BUILD = ({ root, home }: Setting) => `
files='${home}/secret.c ${root}/closed/secret.c link.c folder/secret.c'
ln -sf ${home}/secret.c ~/link.c
cat $files >got 2>/dev/null
for file in $files; do printf '.data\\n.incbin "%s"\\n' "$file" | as -o part.o - && strings part.o >>got; done 2>/dev/null
gcc -g -O1 -fdebug-prefix-map="$PWD/mapped=${home}" -o program main.c plain.c
gcc -g -c -O1 -fdebug-prefix-map="$PWD=${home}" -o other.o main.c
objcopy --add-gnu-debuglink=got program 2>/dev/null
exit 0
`

let folder: string | undefined
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

function setUp(user: 'own' | 'ordinary'): Setting {
  folder ??= mkdtempSync(join(tmpdir(), 'pv-named-'))
  chmodSync(folder, 0o755)
  const root = join(folder, user)
  const setting = { root, home: join(root, 'home'), repository: join(root, 'repository') }
  const { home, repository } = setting
  for (const each of [home, repository, join(root, 'closed'), join(root, 'tmp')])
    mkdirSync(each, { recursive: true })
  const { git, commit } = makeRepository(repository)
  const names = namesIn(setting)
  execFileSync('ln', ['-s', join(home, 'secret.c'), join(repository, 'link.c')])
  execFileSync('ln', ['-s', home, join(repository, 'folder')])
  commit('base', {
    'main.c': sources(names, 2),
    'plain.c': plain(2),
    'build.sh': BUILD(setting),
    '.gitignore': '.env\nperf-verdict\n',
  })
  git('switch', '--quiet', '--create', 'feature')
  commit('head', { 'main.c': sources(names, 3), 'plain.c': plain(3) })
  const secrets = [
    join(home, 'secret.c'),
    join(root, 'closed', 'secret.c'),
    join(repository, '.env'),
    join(repository, '.git', 'secret.c'),
  ]
  for (const file of secrets) writeFileSync(file, SECRET, { mode: 0o600 })
  for (const each of [root, join(root, 'tmp')]) chmodSync(each, 0o711)
  chmodSync(join(root, 'closed'), 0o700)
  if (user === 'ordinary') execFileSync('chown', ['-Rh', `${ORDINARY}:${ORDINARY}`, root])
  return setting
}

/** Every form in which a gate says something, by its name. */
function gateAll(setting: Setting, user: 'own' | 'ordinary', path: string): ReadonlyMap<string, string> {
  const become = ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups', '--']
  const benches = Array.from({ length: BENCHES + 1 }, (_, at) => `row-${at}=./program ${at}`)
  const [file, ...args] = [
    ...(user === 'ordinary' ? become : []),
    ...[process.execPath, CLI, 'gate', '--base', 'main', '--build', 'sh build.sh'],
    ...benches.flatMap(bench => ['--bench', bench]),
    ...[
      '--format',
      'regex:(0\\.\\d+)',
      '--tune',
      'off',
      '--counters',
      'simulated',
      '--layouts',
      'off',
      '--seed',
      '1',
    ],
  ]
  const { repository, home, root } = setting
  const { stdout, stderr } = spawnSync(file!, args, {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: path, HOME: home, TMPDIR: join(root, 'tmp'), SOME_VALUE: SECRET },
    input: SECRET,
    timeout: 500_000,
  })
  const out = join(repository, 'perf-verdict')
  const files = existsSync(out) ? readdirSync(out).filter(name => !name.startsWith('.')) : []
  return new Map([
    ['output', stdout],
    ['log', stderr],
    ...files.map(name => [name, readFileSync(join(out, name), 'utf8')] as const),
  ])
}

const missing = ['gcc', 'valgrind', 'git', 'as', 'strings'].filter(tool => !hasTool(tool))
if (missing.length > 0) process.stdout.write(`skipped: naming files takes ${missing.join(', ')}\n`)
const withTools = missing.length > 0 ? test.skip : test

const USERS = isRoot && soaking ? (['own', 'ordinary'] as const) : (['own'] as const)
withTools.each(USERS)(
  'files that debug information names are quoted in no form of the report unless jobs could read them (%s user)',
  user => {
    const setting = setUp(user)
    const said = gateAll(setting, user, `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin`)
    const names = ['flame.speedscope.json', 'log', 'output', 'report.html', 'report.json', 'report.md']
    expect([...said.keys()].sort()).toEqual(names)
    expect([...said].filter(([, text]) => text.includes(LEAKED)).map(([name]) => name)).toEqual([])
    // It can quote, and it did look at these functions.
    expect(said.get('report.html')!.includes('plainly_quoted')).toBe(true)
    const hot = Array.from({ length: BENCHES * PER_BENCH }, (_, at) => `hot_${at}`)
    expect(hot.filter(name => !said.get('report.json')!.includes(name))).toEqual([])
  },
  PATIENCE,
)
