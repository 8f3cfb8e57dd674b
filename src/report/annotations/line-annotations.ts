import type { CauseKind, Displacer, Touched } from '../../core/model/explanation.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import type { SourceError } from '../../core/text/compiler-error.ts'
import { shortName } from '../../core/text/symbol-name.ts'
import { quoted } from '../../core/text/text.ts'
import { displacerSentences } from '../evidence/displacers.ts'
import type { Whole } from '../evidence/suspects.ts'
import { plainLine } from '../text/encode.ts'
import { formatShare } from '../text/format.ts'
import { headline } from '../words/headline.ts'
import type { Annotation } from './annotation.ts'

/** Functions of one benchmark that are annotated. */
const MOST_TOUCHED = 3
/** A changed function with less of the profile than this is not worth a word on its line. */
const LEAST_SHARE = 0.01
const LARGEST_LINE = 9_999_999

/** What the cause is called; nothing where changed code is not what is slow, or where no cause is known. */
const SLOW_BY: Readonly<Record<CauseKind, string | undefined>> = {
  work: 'more work',
  memory: 'slower accesses to memory',
  branches: 'more mispredicted branches',
  mixed: 'in part what this change does and in part where hot code moved',
  codegen: undefined,
  placement: undefined,
  unexplained: undefined,
}

/** On the hottest functions that the pull request changes, the three with most of the profile, when the change itself is what is slow. */
export function onTouched(benchmark: BenchmarkReport, level: Annotation['level']): readonly Annotation[] {
  const { cause, touched = [], name } = benchmark
  const slowBy = cause && SLOW_BY[cause.kind]
  if (slowBy === undefined) return []
  const why = `${headline(benchmark)}, and the ${cause?.confidence === 'shown' ? 'cause shown' : 'likely cause'} is ${slowBy}.`
  const hottest = touched
    .filter(({ share }) => share >= LEAST_SHARE)
    .toSorted((one, other) => other.share - one.share)
  return hottest
    .flatMap(one => {
      const { file, line = 0 } = one
      if (line < 1 || line > LARGEST_LINE || !isInTree(file)) return []
      const message = `${heat(one, wholeOf(benchmark))}; ${why}`
      return [{ level, title: `Changed hot code of ${name}`, message, file, line }]
    })
    .slice(0, MOST_TOUCHED)
}

function heat({ function: symbol, share, from }: Touched, whole: Whole): string {
  const holds = `${quoted(shortName(symbol))} holds ${formatShare(share)} of the ${whole === 'instructions' ? 'simulated instructions' : 'sampled time'}`
  return from === 'lines'
    ? `${holds}, and this pull request changes code in it`
    : `${holds}, and this pull request changes it, as far as names in the diff tell`
}

/** On the line that a displacer starts at. */
export function onDisplacer(displacer: Displacer, benchmark: BenchmarkReport): readonly Annotation[] {
  const [, file, line] = /^(.{1,500}):(\d{1,7})$/.exec(displacer.source ?? '') ?? []
  if (file === undefined || line === undefined || !isInTree(file)) return []
  return [
    {
      level: 'warning',
      title: `Moved hot code of ${benchmark.name}`,
      message: `${displacerSentences([displacer], wholeOf(benchmark)).join('')}\nThis code is not what is slow: its change of size moved hot functions of \`${benchmark.name}\` to worse places.`,
      file,
      line: Number(line),
    },
  ]
}

const wholeOf = ({ counters }: BenchmarkReport): Whole =>
  counters?.source === 'simulated' ? 'instructions' : 'time'

/** The place of a compiler's error, where a line of the pull request can have it. */
export function placeOf({ file, line }: SourceError): Pick<Annotation, 'file' | 'line'> {
  return line >= 1 && line <= LARGEST_LINE && isInTree(file) ? { file, line } : {}
}

/** Whether a path stays inside the work tree and holds nothing unseen. */
function isInTree(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !path.split('/').includes('..') &&
    !path.includes('\\') &&
    plainLine(path) === path
  )
}
