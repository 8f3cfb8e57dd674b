import type { BenchmarkReport, Displacer, Report } from '../core/model.ts'
import { counted } from '../core/text.ts'
import { causeClause } from './cause-clause.ts'
import { displacerSentences } from './displacers.ts'
import { plainLine } from './encode.ts'
import { headline } from './headline.ts'
import { meaningOf } from './meaning.ts'
import { limitationSentence } from './measured.ts'
import { decided, isBroken } from './order.ts'

/** A message on a line of a file of the pull request, or on the run as a whole; plain text, safe for a log. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** A step has ten annotations of each level; one is kept for the count of the rest and one for whoever else speaks. */
const MOST_PER_LEVEL = 8
/** The runner cuts messages at 4,096 characters (actions/runner, ExecutionContext.cs). */
const MESSAGE_LIMIT = 4_000
const TITLE_LIMIT = 200

/** What is to be said on lines and on the run, worst first, at most eight of each level and the count of the rest. */
export function annotationsOf(report: Report): readonly Annotation[] {
  const all = [...errors(report), ...breaches(report), ...open(report), ...limitations(report)]
  return (['error', 'warning', 'notice'] as const).flatMap(level => capped(all, level))
}

function capped(all: readonly Annotation[], level: Annotation['level']): readonly Annotation[] {
  const own = all.filter(annotation => annotation.level === level).map(safe)
  const rest = own.length - MOST_PER_LEVEL
  if (rest <= 0) return own
  const more = {
    level,
    title: `and ${rest} more`,
    message: 'The job summary and report.json have all of them.',
  }
  return [...own.slice(0, MOST_PER_LEVEL), more]
}

function safe(annotation: Annotation): Annotation {
  const { title, message } = annotation
  const lines = message.split('\n').map(plainLine).join('\n')
  return {
    ...annotation,
    title: cut(plainLine(title), TITLE_LIMIT),
    message: cut(lines, MESSAGE_LIMIT),
  }
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function errors(report: Report): readonly Annotation[] {
  return report.errors.map(({ what }) => ({
    level: 'error',
    title: 'Perf Verdict could not finish',
    message: what,
  }))
}

function breaches({ verdict, benchmarks }: Report): readonly Annotation[] {
  const level: Annotation['level'] = verdict === 'pass' ? 'warning' : 'error'
  const broken = benchmarks.filter(isBroken).map(({ name, reason = '' }) => ({
    level: 'error' as const,
    title: `${name} broke on the head side`,
    message: reason === '' ? 'It yielded no value; run it on head to see why.' : reason,
  }))
  const slower = decided(benchmarks, 'slower')
  return [
    ...broken,
    ...slower.map(benchmark => ({
      level,
      title: headline(benchmark).replaceAll('`', ''),
      message: `${headline(benchmark)}${causeClause(benchmark)}.\n${meaningOf(benchmark)}`,
    })),
    ...slower.flatMap(benchmark => (benchmark.displacers ?? []).flatMap(one => onLine(one, benchmark))),
  ]
}

/** The line that a displacer starts at, when it is in the work tree. */
function onLine(displacer: Displacer, benchmark: BenchmarkReport): readonly Annotation[] {
  const [, file, line] = /^(.{1,500}):(\d{1,7})$/.exec(displacer.source ?? '') ?? []
  if (file === undefined || line === undefined || !isInTree(file)) return []
  const whole = benchmark.counters?.source === 'simulated' ? 'instructions' : 'time'
  return [
    {
      level: 'warning',
      title: `Moved hot code of ${benchmark.name}`,
      message: `${displacerSentences([displacer], whole).join('')}\nThis code is not what is slow: its change of size moved hot functions of \`${benchmark.name}\` to worse places.`,
      file,
      line: Number(line),
    },
  ]
}

/** Whether a path stays inside the work tree and holds nothing unseen. */
function isInTree(path: string): boolean {
  return (
    !path.startsWith('/') &&
    !path.split('/').includes('..') &&
    !path.includes('\\') &&
    plainLine(path) === path
  )
}

function open({ benchmarks }: Report): readonly Annotation[] {
  const undecided = decided(benchmarks, 'undecided')
  const unmeasured = decided(benchmarks, 'unmeasured').filter(benchmark => !isBroken(benchmark))
  return [...undecided, ...unmeasured].map(({ name, decision, reason = '' }) => ({
    level: 'warning',
    title: `${name} ${decision === 'undecided' ? 'is undecided' : 'could not be measured'}`,
    message: reason === '' ? 'The report says what was seen.' : reason,
  }))
}

function limitations(report: Report): readonly Annotation[] {
  const said = report.limitations.map(limitationSentence)
  if (said.length === 0) return []
  return [
    {
      level: 'notice',
      title: `${counted(said.length, 'limitation')} of this machine`,
      message: said.join('\n'),
    },
  ]
}
