import { parseArgs } from 'node:util'
import { FLAG_NAMES, OPTION_GROUPS, OPTIONS, type Option } from '../core/config/options.ts'
import { InputError } from '../core/model/errors.ts'
import { POLICY_NAMES } from '../core/model/policies.ts'
import { nearest } from '../core/text/nearest.ts'
import type { Completable } from './completion.ts'

/** What the command line asked for: a command, its words, and its options as text. */
export interface CommandLine {
  readonly command: Command
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string>>
}

/** A command of the command line; `host` reads its words itself. */
export type Command = (typeof COMMANDS)[number]

const COMMANDS = [
  'init',
  'gate',
  'list',
  'compare',
  'bisect',
  'merge',
  'history',
  'doctor',
  'host',
  'completion',
  'help',
  'version',
] as const

const GIVEN_HERE = OPTIONS.filter(option => option.surfaces.includes('cli')).map(({ name }) => name)

/** What changes which rows there are, and how they are run once. */
const LISTED = [
  'repo',
  'working-directory',
  'head',
  'config',
  'build',
  'bench',
  'harness',
  'format',
  'unit',
  'better',
  'prepare',
  'conclude',
  'env',
  'share',
  'bring',
  'threshold',
  'floor',
  'metric',
  'timeout',
  'build-timeout',
  'isolation',
  'network',
] as const

/** What joining reports reads: where they are, what each finding does, and how to tell it. */
const MERGED = ['reports', 'out', 'quiet', 'json', ...POLICY_NAMES]

/** What means nothing without a repository. */
const OF_COMMITS = [
  'repo',
  'working-directory',
  'base',
  'head',
  'against',
  'config',
  'build',
  'build-timeout',
  'bench',
  'share',
  'paths',
  'shard',
  'reports',
  'history',
  'on-base-broken',
  'on-removed',
]
const COMPARED = GIVEN_HERE.filter(name => !OF_COMMITS.includes(name))

/** Commands whose options are not those of the table. */
const OWN_OPTIONS: Partial<Readonly<Record<Command, readonly string[]>>> = {
  doctor: ['json'],
  init: ['repo', 'dry-run'],
  list: [...LISTED, 'quiet', 'verbose', 'json'],
  bisect: [...GIVEN_HERE.filter(name => name !== 'json' && name !== 'dry-run'), 'first-faster'],
  compare: COMPARED,
  completion: [],
  merge: MERGED,
  history: ['history', 'out', 'json', 'csv'],
  help: [],
  version: [],
}

/** Options that are given without a value. */
const FLAGS: ReadonlySet<string> = new Set([...FLAG_NAMES, 'csv', 'help', 'first-faster'])
/** Short forms; `-V` and `-h` may stand where a command does. */
const SHORT: Readonly<Record<string, string>> = { o: 'out', q: 'quiet', v: 'verbose' }
/** Options that may be given several times; their values become lines. */
const REPEATABLE: ReadonlySet<string> = new Set(['bench', 'env', 'accept', 'paths'])
/** The commands that take words of their own: files with results of other tools, what to compare, a shell. */
const TAKES_WORDS: ReadonlySet<Command> = new Set(['history', 'compare', 'completion'])

/**
 * Reads `COMMAND [WORD …] [--name value | --name=value …]`. An unknown word or option is never passed over: one InputError names
 * every fault, with what was probably meant.
 */
export function readCommandLine(given: readonly string[]): CommandLine {
  const [first = 'help', ...rest] = given
  const command = commandOf(first)
  if (command === 'host') return { command, words: rest, options: {} }
  const known = OWN_OPTIONS[command] ?? GIVEN_HERE
  const options = Object.fromEntries(
    [...known, 'help'].map(name => {
      const short = Object.keys(SHORT).find(letter => SHORT[letter] === name)
      const type = FLAGS.has(name) ? ('boolean' as const) : ('string' as const)
      return [name, { type, ...(short !== undefined && { short }) }]
    }),
  )
  // Not strict itself, because it would stop at the first fault; all are reported below.
  const { tokens } = parseArgs({ args: rest, options, strict: false, allowPositionals: true, tokens: true })
  const faults: string[] = []
  const words: string[] = []
  const values: Record<string, string> = {}
  let unknownAt = -2
  for (const token of tokens) {
    if (token.kind === 'positional') {
      // The value of an unknown option, if it has one, is no word.
      if (token.index === unknownAt + 1) continue
      words.push(token.value)
      if (!TAKES_WORDS.has(command)) faults.push(strayWord(token.value, command, known))
    } else if (token.kind === 'option') {
      const { name, rawName, value } = token
      if (name === 'help' || rawName === '-h') return { command: 'help', words: [command], options: {} }
      if (!known.includes(name) || (!rawName.startsWith('--') && SHORT[rawName.slice(1)] !== name)) {
        faults.push(unknownOption(rawName, command, known))
        if (value === undefined) unknownAt = token.index
      } else if (FLAGS.has(name)) {
        if (value !== undefined) faults.push(`--${name} takes no value; write it alone.`)
        values[name] = 'true'
      } else if (value === undefined) faults.push(`--${name} needs a value; see perf-verdict help.`)
      else if (values[name] === undefined) values[name] = value
      else if (REPEATABLE.has(name)) values[name] += `\n${value}`
      else faults.push(`--${name} is given twice; give it once.`)
    }
  }
  if (faults.length > 0) throw new InputError(faults)
  return { command, words, options: values }
}

function commandOf(word: string): Command {
  if (word === '--help' || word === '-h') return 'help'
  if (word === '--version' || word === '-V') return 'version'
  const command = COMMANDS.find(name => name === word)
  if (command) return command
  throw new InputError([`${word} is not a command${meant(nearest(word, COMMANDS))}; see perf-verdict help.`])
}

const meant = (word: string | undefined): string => (word === undefined ? '' : ` (did you mean ${word}?)`)

function unknownOption(rawName: string, command: Command, known: readonly string[]): string {
  const close = nearest(rawName.replace(/^-+/, ''), known)
  return `${rawName} is not an option of ${command}${meant(close === undefined ? undefined : `--${close}`)}; see perf-verdict help.`
}

function strayWord(word: string, command: Command, known: readonly string[]): string {
  const option = known.find(name => name === word.split('=')[0])
  return `${word} stands alone, and ${command} takes options only${meant(option && `--${option}`)}; put a value with spaces between quotes.`
}

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

const EXAMPLES = [
  "perf-verdict gate --base main --build 'make bench' --bench 'parse=./bench parse'",
  "perf-verdict gate --base main --head worktree --bench 'suite=./bench' --harness google-benchmark",
  'perf-verdict compare ./bench-old ./bench-new -- --input data.json',
  "perf-verdict bisect --base v1.2 --head main --build 'make bench' --bench 'parse=./bench parse'",
]

const BISECT_NOTES = [
  'GOOD is taken as it is, and must be on the line of first parents of BAD. The budget is that of each step, of which there are about',
  'log2 of the commits and two; alpha is the error rate of the whole answer. With --first-faster GOOD is the slow commit, BAD the fast',
  'one, and the commit that made it faster is looked for.',
]

const EXIT_CODES = 'Exit codes: 0 pass, 1 regression, 2 usage error, 3 no answer.'

/** What a shell can complete. */
export function completable(): Completable {
  const commands = COMMAND_LINES.map(([name, , says]) => ({
    name,
    says,
    options:
      name === 'host' || name === 'completion' || name === 'version'
        ? []
        : [...(OWN_OPTIONS[name] ?? GIVEN_HERE), 'help'],
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
  const takesOptions = command === undefined || ['help', 'gate', 'bisect', 'compare'].includes(command)
  return [
    'Usage',
    ...commands,
    ...(command === 'bisect' ? ['', ...BISECT_NOTES] : []),
    '',
    command === 'doctor' ? 'Exit codes: 0 ready for times, 1 instructions only, 3 not ready.' : EXIT_CODES,
    ...(takesOptions ? [...optionLines(command), '', 'Examples', ...EXAMPLES.map(line => `  ${line}`)] : []),
    '',
  ].join('\n')
}

function optionLines(command: string | undefined): readonly string[] {
  const known = OWN_OPTIONS[command as Command] ?? GIVEN_HERE
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
