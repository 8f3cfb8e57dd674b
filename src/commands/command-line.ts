import { parseArgs } from 'node:util'
import { FLAG_NAMES, OPTIONS } from '../core/config/options.ts'
import { InputError } from '../core/model/errors.ts'
import { POLICY_NAMES } from '../core/model/policies.ts'
import { nearest } from '../core/text/nearest.ts'

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

/** The options of a command, by name. */
export function optionsOf(command: Command): readonly string[] {
  return OWN_OPTIONS[command] ?? GIVEN_HERE
}

const GIVEN_HERE = OPTIONS.filter(option => option.surfaces.includes('cli')).map(({ name }) => name)

/** What changes which rows there are, and how they are run once. */
const LISTED = [
  'repo',
  'working-directory',
  'head',
  'untracked',
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
  'untracked',
  'against',
  'config',
  'build',
  'build-timeout',
  'bench',
  'only',
  'share',
  'paths',
  'shard',
  'reports',
  'history',
  'on-base-broken',
  'on-removed',
]
const COMPARED = GIVEN_HERE.filter(name => !OF_COMMITS.includes(name))

/** A bisection walks commits, and writes JSON of its own. */
const NOT_BISECTED: readonly string[] = ['json', 'dry-run', 'untracked']

/** Commands whose options are not those of the table. */
const OWN_OPTIONS: Partial<Readonly<Record<Command, readonly string[]>>> = {
  doctor: ['json'],
  init: ['repo', 'dry-run'],
  list: [...LISTED, 'quiet', 'verbose', 'json'],
  bisect: [...GIVEN_HERE.filter(name => !NOT_BISECTED.includes(name)), 'first-faster'],
  compare: COMPARED,
  completion: [],
  merge: MERGED,
  history: ['history', 'out', 'json', 'csv'],
  help: [],
  version: [],
}

/** Options that are given without a value. */
export const FLAGS: ReadonlySet<string> = new Set([...FLAG_NAMES, 'csv', 'help', 'first-faster'])
/** Short forms; `-V` and `-h` may stand where a command does. */
const SHORT: Readonly<Record<string, string>> = { o: 'out', q: 'quiet', v: 'verbose' }
/** Options that may be given several times; their values become lines. */
const REPEATABLE: ReadonlySet<string> = new Set(['bench', 'env', 'accept', 'paths', 'only'])
/** The commands that take words of their own: files with results of other tools, what to compare, a shell. */
const TAKES_WORDS: ReadonlySet<Command> = new Set(['history', 'compare', 'completion', 'help'])

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
  const faults: string[] = []
  const args = withoutSingleDashes(rest, { command, known, faults })
  // Not strict itself, because it would stop at the first fault; all are reported below.
  const asksForHelp = rest.length === 1 && rest[0] === 'help' && !TAKES_WORDS.has(command)
  if (asksForHelp) return { command: 'help', words: [command], options: {} }
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true })
  const words: string[] = []
  const values: Record<string, string> = {}
  let unknownAt = -2
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? Number.POSITIVE_INFINITY
  for (const token of tokens) {
    if (token.kind === 'positional') {
      // The value of an unknown option, if it has one, is no word.
      if (token.index === unknownAt + 1) continue
      words.push(token.value)
      if (command === 'compare' && words.length > 2 && token.index < end) faults.push(thirdWord(token.value))
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
      else if (!token.inlineValue && value.startsWith('--')) {
        faults.push(
          `--${name} needs a value, and ${value} follows it; write --${name}=${value} where that is one.`,
        )
        // What the option that was taken for the value is given is no word either.
        unknownAt = token.index + 1
      } else if (value.trim() === '') faults.push(emptyValue(name))
      else if (values[name] === undefined) values[name] = value
      else if (REPEATABLE.has(name)) values[name] += `\n${value}`
      else faults.push(`--${name} is given twice; give it once.`)
    }
  }
  if (command === 'help') for (const word of words) commandOf(word)
  if (faults.length > 0) throw new InputError(faults)
  return { command, words, options: values }
}

/** `-base` is one mistake, and no four short options. */
function withoutSingleDashes(
  args: readonly string[],
  {
    command,
    known,
    faults,
  }: { readonly command: Command; readonly known: readonly string[]; readonly faults: string[] },
): readonly string[] {
  const end = args.indexOf('--')
  let dropped = -2
  return args.filter((word, at) => {
    const single = /^-[A-Za-z][\w-]+(?:=.*)?$/.test(word) && (end < 0 || at < end)
    const isValue = at > 0 && /^--/.test(args[at - 1] ?? '') && !FLAGS.has(args[at - 1]!.slice(2))
    // What it would be given is no word.
    if (at === dropped + 1 && !word.startsWith('-')) return false
    if (!single || isValue) return true
    dropped = word.includes('=') ? -2 : at
    faults.push(unknownOption(word.split('=')[0] ?? word, command, known))
    return false
  })
}

const thirdWord = (word: string): string =>
  `compare takes two programs or commands, and ${word} is one more; put a command with blanks between quotes, and -- before words that both get.`

function commandOf(word: string): Command {
  if (word === '--help' || word === '-h') return 'help'
  if (word === '--version' || word === '-V') return 'version'
  const command = COMMANDS.find(name => name === word)
  if (command) return command
  if (word === '-v') throw new InputError(['-v needs a command before it; -V prints the version.'])
  throw new InputError([`${word} is not a command${meant(nearest(word, COMMANDS))}; see perf-verdict help.`])
}

const meant = (word: string | undefined): string => (word === undefined ? '' : ` (did you mean ${word}?)`)

function unknownOption(rawName: string, command: Command, known: readonly string[]): string {
  const name = rawName.replace(/^-+/, '')
  const row = OPTIONS.find(option => option.name === name)
  if (row && !row.surfaces.includes('cli'))
    return `${rawName} is an input of the action and no option of the command line; leave it out.`
  if (name === 'list')
    return `${rawName} is no option; perf-verdict list prints the rows that a gate would have.`
  const close = nearest(name, known)
  return `${rawName} is not an option of ${command}${meant(close === undefined ? undefined : `--${close}`)}; see perf-verdict help.`
}

/** What a script's unset variable leaves: falling back to a default would measure something else than was meant. */
const emptyValue = (name: string): string =>
  `--${name} is given an empty value; give it one, or leave the option out.`

function strayWord(word: string, command: Command, known: readonly string[]): string {
  const option = known.find(name => name === word.split('=')[0])
  if (command === 'gate' && option === undefined && /^[\w./@~^-]+$/.test(word))
    return `${word} stands alone, and gate takes options only (did you mean --base ${word} or --head ${word}?); put a value with spaces between quotes.`
  return `${word} stands alone, and ${command} takes options only${meant(option && `--${option}`)}; put a value with spaces between quotes.`
}
