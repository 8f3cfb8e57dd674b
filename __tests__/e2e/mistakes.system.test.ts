// Shares the machine: nothing here depends on the clock.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const CLI = resolve('dist/cli.js')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-mistakes-'))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args])
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, 'Makefile'), 'bench:\n')
  git('add', '--all')
  git('commit', '--quiet', '--message=one')
  git('switch', '--quiet', '--create', 'feature')
  git('commit', '--quiet', '--allow-empty', '--message=two')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BENCH = ['gate', '--bench', 'a=./bench']

/** What somebody types on the first day, the exit code, and what is said. */
const MISTAKES: readonly (readonly [words: readonly string[], code: number, says: RegExp])[] = [
  [['gate', 'main', 'feature'], 2, /main stands alone.*did you mean --base main or --head main/],
  [
    ['gate', '-base', 'main'],
    2,
    /^perf-verdict: -base is not an option of gate \(did you mean --base\?\).*\n$/,
  ],
  [['gate', '--bse', 'main'], 2, /did you mean --base\?/],
  [['gate', '--head', '--tune', 'off'], 2, /^perf-verdict: --head needs a value, and --tune follows it.*\n$/],
  [['gate', '--base'], 2, /--base needs a value/],
  [['gate', 'seed=3'], 2, /did you mean --seed/],
  [['gate', '-b', 'main'], 2, /-b is not an option/],
  [['gate', '--base', 'a', '--base', 'b'], 2, /given twice/],
  [['gat'], 2, /did you mean gate\?/],
  [['frobnicate'], 2, /not a command; see perf-verdict help/],
  [['gate', '-h'], 0, /--bench/],
  [['gate', '--help'], 0, /When to fail/],
  [['help', 'compare'], 0, /perf-verdict compare OLD NEW/],
  [['help', 'nonsense'], 2, /nonsense is not a command/],
  [['-V'], 0, /^\d+\.\d+\.\d+/],
  [['version', 'now'], 2, /now stands alone/],
  [['gate', '--bench', './bench'], 2, /lines of NAME=COMMAND/],
  [[...BENCH, '--bench', 'a=./other'], 2, /"a" is given twice/],
  [['gate'], 2, /No benchmark is given/],
  [[...BENCH, '--threshold', '5'], 2, /such as 5%/],
  [[...BENCH, '--threshold', '0%'], 2, /above zero/],
  [[...BENCH, '--threshold', '5%,tme=3%'], 2, /time=5%, memory=2%.*not "5%"/],
  [[...BENCH, '--metric', 'time,time'], 2, /time twice/],
  [[...BENCH, '--base', ''], 2, /--base is given an empty value/],
  [[...BENCH, '--untracked'], 2, /--head worktree/],
  [[...BENCH, '--out', '.'], 2, /top of a repository/],
  [[...BENCH, '--out', '.git/reports'], 2, /git's own folder/],
  [[...BENCH, '--accept', 'a=12% until 2027-02-31: because'], 2, /until 2027-01-31/],
  [[...BENCH, '--alpha', '200%'], 2, /at most 20%/],
  [[...BENCH, '--budget', 'ten'], 2, /such as 90s, 10m or 1h/],
  [[...BENCH, '--metric', 'latency'], 2, /cpu-time/],
  [[...BENCH, '--harness', 'googlebench'], 2, /google-benchmark/],
  [[...BENCH, '--tune', 'fast'], 2, /auto, off, required/],
  [[...BENCH, '--format', 'regex:('], 2, /regex:PATTERN with one group/],
  [[...BENCH, '--floor', '1parsec'], 2, /such as 1ms/],
  [[...BENCH, '--env', '1X=3'], 2, /NAME=VALUE/],
  [[...BENCH, '--seed', 'x', '--shard', '1'], 2, /seed[\s\S]*shard/],
  [[...BENCH, '--on-undecided', 'ignore'], 2, /fail, warn, pass/],
  [[...BENCH, '--paths', '**.c'], 2, /whole folders/],
  [[...BENCH, '--base', 'nope'], 2, /"nope" is not a commit/],
  [[...BENCH, '--base', 'main', '--head', 'main'], 2, /nothing to compare/],
  [[...BENCH, '--base', 'feature', '--head', 'main'], 2, /has no commit that feature lacks/],
  [[...BENCH, '--head', 'worktree'], 2, /no uncommitted change/],
  [[...BENCH, '--config', 'x.yaml'], 2, /x\.yaml/],
  [[...BENCH, '--only', 'b'], 2, /no benchmark.*there are `a`/],
  [[...BENCH, '--out', 'Makefile'], 2, /not a folder/],
  [[...BENCH, '--repo', '/'], 2, /not a git repository/],
  [[...BENCH, '--working-directory', 'none'], 2, /not a git repository/],
  [[...BENCH, '--quiet', '--verbose'], 2, /contradict/],
  [[...BENCH, '--quiet=yes'], 2, /takes no value/],
  [[...BENCH, '--comment', 'always'], 2, /input of the action/],
  [[...BENCH, '--list'], 2, /perf-verdict list/],
  [[...BENCH, '--dry-run'], 0, /Nothing was built or measured[\s\S]*a +time +5 % +\.\/bench/],
  [[...BENCH, '--dry-run', '--json', '--quiet'], 0, /^\{\n {2}"base": \{[\s\S]*\}\n$/],
  [
    [...BENCH, '--dry-run', '--cpus', '9999'],
    0,
    /asks for 9999 CPUs, and this machine has \d+.*ask for fewer/,
  ],
  [[...BENCH, '--base', 'mian'], 2, /"mian" is not a commit .* \(did you mean main\?\); fetch it/],
  [[...BENCH, '--base', 'main..feature'], 2, /but a range; name its ends as base main and head feature/],
  [
    [...BENCH, '--base', 'mian', '--head', 'nope', '--out', 'Makefile', '--seed', 'x'],
    2,
    /--seed must be.*\n.*"nope" is not a commit.*\n.*did you mean main\?.*\n.*Makefile is not a folder/,
  ],
  [['list', '--bench', 'a=./bench', '--head', 'nope'], 2, /The head "nope"(?![\s\S]*The base)/],
  [['gate', 'help'], 0, /When to fail/],
  [['merge', '--help'], 0, /--on-undecided[\s\S]*perf-verdict merge --reports shards/],
  [['-v'], 2, /-V prints the version/],
  [['compare', 'a', 'b', 'c'], 2, /c is one more; put a command with blanks between quotes/],
  [['compare', 'main', 'feature'], 2, /"main" is a commit and no program; perf-verdict gate/],
  [['compare', './a', './a'], 2, /^perf-verdict: "\.\/a" is no program.*\n$/],
  [['host'], 2, /host needs a word/],
  [['compare', './a'], 2, /two programs or two commands/],
  [['compare', './none', 'true'], 2, /"\.\/none" is no program/],
  [['compare', 'Makefile', 'true'], 2, /"Makefile" is no program/],
  [['compare', 'true', 'false', '--base', 'x'], 2, /--base is not an option of compare/],
  [['completion', 'tcsh'], 2, /bash, zsh, fish/],
  [['doctor', '--base', 'x'], 2, /not an option of doctor/],
  [['merge', '--reports', 'none'], 2, /no folder/],
  [['history'], 2, /--history FILE/],
  [['history', '--history', 'none.jsonl'], 2, /There is no file none\.jsonl; name the file/],
  [['history', '--history', 'Makefile'], 2, /Makefile holds no line of a history; name the file/],
  [['history', '--history', 'x', '--json', '--csv'], 2, /contradict/],
  [
    [...BENCH, '--base', 'main', '--history', 'none/h.jsonl'],
    2,
    /There is no folder .*none for the history; make it/,
  ],
  [['bisect', '--bench', 'a=./bench'], 2, /--base is missing/],
  [['list', '--base', 'x'], 2, /not an option of list/],
]

const run = (words: readonly string[]) =>
  new Promise<{ readonly code: number; readonly text: string }>(done => {
    const env = { ...process.env, NO_COLOR: '1' }
    const child = execFile(process.execPath, [CLI, ...words], { cwd: folder, env }, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, text: `${stdout}${stderr}` }),
    )
  })

let told: Promise<readonly Awaited<ReturnType<typeof run>>[]> | undefined

/** All of them, a few at a time. */
async function all() {
  const results: Awaited<ReturnType<typeof run>>[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < MISTAKES.length; at = next++) results[at] = await run(MISTAKES[at]![0])
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return results
}

test.each(MISTAKES.map(([words, code, says], at) => ({ called: words.join(' '), at, code, says })))(
  'perf-verdict $called',
  async ({ at, code, says }) => {
    told ??= all()
    const { code: ended, text } = (await told)[at]!
    expect(text).toMatch(says)
    expect(ended).toBe(code)
    expect(text).not.toMatch(/bug in Perf Verdict|\u001b|\n {4}at /)
  },
)
