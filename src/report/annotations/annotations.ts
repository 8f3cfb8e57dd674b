import type { Report } from '../../core/model/report.ts'
import { counted } from '../../core/text/text.ts'
import { causeClause } from '../words/cause-clause.ts'
import { headline } from '../words/headline.ts'
import { meaningOf } from '../words/meaning.ts'
import { limitationSentence } from '../words/measured.ts'
import { decided, isBroken } from '../words/order.ts'
import { type Annotation, shownAnnotations } from './annotation.ts'
import { onDisplacer, onTouched } from './line-annotations.ts'

/** What is to be said on lines and on the run, worst first, at most eight of each level and the count of the rest. */
export function annotationsOf(report: Report): readonly Annotation[] {
  const all = [...errors(report), ...breaches(report), ...open(report), ...limitations(report)]
  return shownAnnotations(all)
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
    ...slower.flatMap(benchmark => onTouched(benchmark, level)),
    ...slower.flatMap(benchmark => (benchmark.displacers ?? []).flatMap(one => onDisplacer(one, benchmark))),
  ]
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
      title: `${counted(said.length, 'limitation')} of this run`,
      message: said.join('\n'),
    },
  ]
}
