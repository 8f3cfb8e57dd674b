import { InputError } from '../model/errors.ts'
import { OPTIONS } from './options.ts'

/** What the command line asked for: a command, its words, and its options as text. */
export interface CommandLine {
  readonly command: string
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string>>
}

const known = new Set(OPTIONS.filter(option => option.doors.includes('cli')).map(option => option.name))

/** Options that may be given several times; their values become lines. */
const REPEATABLE: ReadonlySet<string> = new Set(['bench', 'env'])

/** Reads `COMMAND [WORD …] [--name value | --name=value …]`; throws one InputError with every fault. */
export function readCommandLine(given: readonly string[]): CommandLine {
  const [command = 'help', ...rest] = given
  const words: string[] = []
  const options: Record<string, string> = {}
  const faults: string[] = []
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index]!
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const equals = word.indexOf('=')
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
    if (!known.has(name)) {
      faults.push(`--${name} is not an option; see perf-verdict help.`)
      // Its value, if it has one, is not a word of ours either.
      if (equals < 0 && rest[index + 1]?.startsWith('--') === false) index++
      continue
    }
    const value = equals < 0 ? rest[++index] : word.slice(equals + 1)
    if (value === undefined) faults.push(`--${name} needs a value; see perf-verdict help.`)
    else if (options[name] === undefined) options[name] = value
    else if (REPEATABLE.has(name)) options[name] += `\n${value}`
    else faults.push(`--${name} is given twice; give it once.`)
  }
  if (faults.length > 0) throw new InputError(faults)
  return { command, words, options }
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
