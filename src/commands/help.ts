import { OPTION_GROUPS, type Option } from '../core/config/options.ts'
import { type Command, FLAGS, optionsOf } from './command-line.ts'
import type { Completable } from './completion.ts'

const COMMAND_LINES: readonly (readonly [Command, string, string])[] = [
  ['init', '[--dry-run]', 'find the benchmarks of this repository and write the files of their gate'],
  [
    'gate',
    '--base REV --head REV --build COMMAND --bench NAME=COMMAND …',
    'build two commits, measure both, say what got slower and why',
  ],
  [
    'list',
    '[--head REV | --head worktree] [--json]',
    'build one commit and print the rows that a gate of it would have',
  ],
  [
    'compare',
    'OLD NEW [-- WORD …] [--bring FILE …]',
    'compare two programs or two commands, without a repository',
  ],
  [
    'bisect',
    '--base GOOD --head BAD --build COMMAND --bench NAME=COMMAND … [--first-faster]',
    'find the first commit of a range that made it slower (or faster)',
  ],
  ['history', '--history FILE [RESULTS …] [--out FOLDER] [--json | --csv]', 'draw a history of comparisons'],
  ['merge', '--reports FOLDER [--out FOLDER]', 'join the reports of shards into one verdict'],
  ['doctor', '[--json]', 'tell what this machine can measure, and what to install'],
  [
    'host',
    'hold | recover | status | install | uninstall',
    'tune the machine while a gate measures, and restore it',
  ],
  ['completion', 'bash | zsh | fish', 'print the completion of a shell'],
  ['version', '', 'print the version'],
]

const EXAMPLES: readonly string[] = [
  "perf-verdict gate --base main --build 'make bench' --bench 'parse=./bench parse'",
  "perf-verdict gate --base main --head worktree --bench 'suite=./bench' --harness google-benchmark",
  'perf-verdict compare ./bench-old ./bench-new -- --input data.json',
  "perf-verdict list --head worktree --build 'make bench' --bench 'suite=./bench'",
  'perf-verdict merge --reports shards --out perf-verdict',
  "perf-verdict bisect --base v1.2 --head main --build 'make bench' --bench 'parse=./bench parse'",
]

const BISECT_NOTES = [
  'GOOD is used as given, without a merge base, and must be a first-parent ancestor of BAD. The budget is for each step; expect about',
  'log2 of the commits plus two steps; alpha is the error rate of the whole answer. With --first-faster GOOD is the slow commit, BAD the',
  'fast one, and bisect looks for the commit that made it faster.',
]

/** Commands whose help lists the options of the table. */
const TAKE_OPTIONS: readonly string[] = ['help', 'gate', 'list', 'compare', 'bisect', 'merge']

const EXIT_CODES = 'Exit codes: 0 pass, 1 regression, 2 usage error, 3 no answer.'

/** What a shell can complete. */
export function completable(): Completable {
  const commands = COMMAND_LINES.map(([name, , says]) => ({
    name,
    says,
    options:
      name === 'host' || name === 'completion' || name === 'version' ? [] : [...optionsOf(name), 'help'],
  }))
  return { commands, flags: FLAGS }
}

/** The text of `perf-verdict help`, or of one command's `--help`. */
export function helpText(command?: string): string {
  const shown = COMMAND_LINES.filter(
    ([name]) => command === undefined || command === 'help' || name === command,
  )
  const commands = shown.flatMap(([name, usage, says]) => [
    `  perf-verdict ${name} ${usage}`.trimEnd(),
    `      ${says}`,
  ])
  const takesOptions = command === undefined || TAKE_OPTIONS.includes(command)
  const own = EXAMPLES.filter(line => line.startsWith(`perf-verdict ${command} `))
  const examples = own.length > 0 ? own : EXAMPLES
  return [
    'Usage',
    ...commands,
    ...(command === 'bisect' ? ['', ...BISECT_NOTES] : []),
    '',
    command === 'doctor' ? 'Exit codes: 0 ready for times, 1 instructions only, 3 not ready.' : EXIT_CODES,
    ...(takesOptions ? [...optionLines(command), '', 'Examples', ...examples.map(line => `  ${line}`)] : []),
    '',
  ].join('\n')
}

function optionLines(command: string | undefined): readonly string[] {
  const known = optionsOf((command ?? 'help') === 'help' ? 'gate' : (command as Command))
  return Object.entries(OPTION_GROUPS).flatMap(([title, options]) => {
    const rows = options.filter(
      ({ name, surfaces }) => surfaces.includes('cli') && (command === 'help' || known.includes(name)),
    )
    return rows.length === 0 ? [] : ['', title, ...rows.map(optionLine)]
  })
}

function optionLine({ name, says, fallback }: Option): string {
  return `  --${name.padEnd(17)} ${says}${fallback === '' ? '' : ` Default: ${fallback}.`}`
}
