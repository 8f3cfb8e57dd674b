import { quotedWord } from '../harness/shell-line.ts'
import type { BenchmarkReport, Report } from '../model/report.ts'
import { OPTIONS } from './options.ts'
import type { Settings } from './settings.ts'

/** What the row that is repeated says itself, what belongs to the machine or to the workflow, and what may hold a secret. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...[
    'base',
    'head',
    'against',
    'bench',
    'only',
    'repo',
    'working-directory',
    'out',
    'history',
    'shard',
    'seed',
    'env',
    'paths',
  ],
])
const WORTH_REPEATING: ReadonlySet<BenchmarkReport['decision']> = new Set(['slower', 'masked', 'undecided'])

/**
 * The report in which each row worth looking at has the command that repeats it in a clone: the same two commits, the same settings as they
 * were given, and that benchmark alone. `given` are the options or inputs as text.
 */
export function withRepeats(
  report: Report,
  settings: Pick<Settings, 'benchmarks'>,
  given: Readonly<Record<string, string | undefined>>,
): Report {
  const { base, head } = report
  if (base.sha === '' || head.sha === '') return report
  const here = new Set(OPTIONS.flatMap(({ name, surfaces }) => (surfaces.includes('cli') ? [name] : [])))
  const options = Object.entries(given)
    .filter(
      ([name, value = '']) =>
        here.has(name) && !LEFT_OUT.has(name) && value !== 'true' && value.trim() !== '',
    )
    .map(([name, value = '']) => `--${name} ${quotedWord(value.trim())}`)
  const fixed = [`--base ${base.sha}`, `--head ${head.sha}`]
  const folder = given['working-directory']
  const into = folder === undefined || folder === '.' ? '' : `cd ${quotedWord(folder)} && `
  const benchmarks = report.benchmarks.map((row): BenchmarkReport => {
    if (!WORTH_REPEATING.has(row.decision)) return row
    const entry = entryOf(row.name, settings)
    if (!entry) return row
    const one =
      given.bench === undefined
        ? `--only ${quotedWord(entry.name)}`
        : `--bench ${quotedWord(`${entry.name}=${entry.command}`)}`
    return { ...row, repeat: `${into}perf-verdict gate ${[...fixed, ...options, one].join(' ')}` }
  })
  return { ...report, benchmarks }
}

/** The benchmark that a row is a result of: its own, or the one whose name begins the row's. */
function entryOf(name: string, { benchmarks }: Pick<Settings, 'benchmarks'>) {
  const own = benchmarks.find(entry => entry.name === name)
  if (own) return own
  const begins = benchmarks.filter(entry => name.startsWith(entry.name))
  const longest = begins.toSorted((one, other) => other.name.length - one.name.length)[0]
  return longest ?? (benchmarks.length === 1 ? benchmarks[0] : undefined)
}
