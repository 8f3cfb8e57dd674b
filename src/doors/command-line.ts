import { parseArgs } from 'node:util'
import { OPTIONS } from '../core/config/options.ts'
import { InputError } from '../core/model/errors.ts'
import { nearest } from '../core/text/nearest.ts'

/** What the command line asked for: a command, its words, and its options as text. */
export interface CommandLine {
  readonly command: Command
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string>>
}

/** A command of the command line; `host` reads its words itself. */
export type Command = (typeof COMMANDS)[number]

const COMMANDS = ['gate', 'bisect', 'merge', 'history', 'doctor', 'host', 'help', 'version'] as const

const GIVEN_HERE = OPTIONS.filter(option => option.doors.includes('cli')).map(({ name }) => name)

/** Commands whose options are not those of the table. */
const OWN_OPTIONS: Partial<Readonly<Record<Command, readonly string[]>>> = {
  doctor: ['json'],
  help: [],
  version: [],
}

/** Options that are given without a value. */
const FLAGS: ReadonlySet<string> = new Set(['json', 'help'])
/** Options that may be given several times; their values become lines. */
const REPEATABLE: ReadonlySet<string> = new Set(['bench', 'env'])
/** The only command that takes words of its own: files with results of other tools. */
const TAKES_WORDS: ReadonlySet<Command> = new Set(['history'])

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
    [...known, 'help'].map(name => [name, { type: FLAGS.has(name) ? 'boolean' : 'string' } as const]),
  )
  // Not strict itself, because it would stop at the first fault; all are told below.
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
      if (name === 'help' || rawName === '-h') return { command: 'help', words: [], options: {} }
      if (!known.includes(name) || !rawName.startsWith('--')) {
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
  if (word === '--version') return 'version'
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

/** The text of `perf-verdict help`. */
export function helpText(): string {
  const rows = OPTIONS.filter(option => option.doors.includes('cli')).map(
    ({ name, says, fallback }) =>
      `  --${name.padEnd(15)} ${says}${fallback === '' ? '' : ` Default: ${fallback}.`}`,
  )
  return [
    'perf-verdict gate --base REV --head REV --build COMMAND --bench NAME=COMMAND … [options]',
    'perf-verdict bisect --base GOOD --head BAD --build COMMAND --bench NAME=COMMAND … [options]',
    'perf-verdict merge --reports FOLDER [--out FOLDER]',
    'perf-verdict doctor',
    'perf-verdict host hold|recover|status|install|uninstall',
    'perf-verdict help | version',
    '',
    'gate builds two commits, measures both and says what got slower and why.',
    'It exits with 0 when the gate passes, 1 on a breach, 2 when it could not measure or was called wrongly.',
    '',
    'bisect finds the first commit after GOOD, up to BAD, that made it slower, and why. GOOD is taken as it is, and must be on the',
    'line of first parents of BAD. The budget is that of each step, of which there are about log2 of the commits and two; alpha is',
    'the error rate of the whole answer. It exits with 0 when there is no breach in the range, 1 on one, and 2 as a gate does.',
    '',
    ...rows,
    '',
  ].join('\n')
}
