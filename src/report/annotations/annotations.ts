import { DEFAULT_POLICIES, policyOf } from '../../core/decision/policy.ts'
import { exitCode } from '../../core/decision/verdict.ts'
import type { Report } from '../../core/model/report.ts'
import { counted } from '../../core/text/text.ts'
import { causeClause } from '../words/cause-clause.ts'
import { headline } from '../words/headline.ts'
import { meaningOf } from '../words/meaning.ts'
import { limitationSentence } from '../words/measured.ts'
import { decided, isBroken } from '../words/order.ts'
import { type Annotation, shownAnnotations } from './annotation.ts'
import { onDisplacer, onTouched, placeOf } from './line-annotations.ts'

/** The annotations on lines and on the run, worst first, at most eight of each level and the count of the rest. */
export function annotationsOf(report: Report): readonly Annotation[] {
  const all = [...errors(report), ...breaches(report), ...open(report), ...limitations(report)]
  return shownAnnotations(all)
}

const LEVELS = { fail: 'error', warn: 'warning', pass: 'notice' } as const

function errors(report: Report): readonly Annotation[] {
  const level = exitCode(report) === 0 ? 'warning' : 'error'
  return report.errors.map(({ what, side, at }) => ({
    // The base's files are not those that are looked at.
    ...(at && side === 'head' ? placeOf(at) : {}),
    level,
    title: 'Perf Verdict could not finish',
    message: at ? `${at.file}:${at.line}: ${at.message}\n${what}` : what,
  }))
}

function breaches({ benchmarks, policies = DEFAULT_POLICIES }: Report): readonly Annotation[] {
  const broken = benchmarks.filter(isBroken).map(({ name, reason = '' }) => ({
    level: 'error' as const,
    title: `${name} broke on the head side`,
    message: reason === '' ? 'It produced no value; run it on head to see why.' : reason,
  }))
  const slower = decided(benchmarks, 'slower')
  return [
    ...broken,
    ...slower.map(benchmark => ({
      level: LEVELS[policyOf(benchmark, policies)],
      title: headline(benchmark).replaceAll('`', ''),
      message: `${headline(benchmark)}${causeClause(benchmark)}.\n${meaningOf(benchmark)}`,
    })),
    ...slower.flatMap(benchmark => onTouched(benchmark, LEVELS[policyOf(benchmark, policies)])),
    ...slower.flatMap(benchmark => (benchmark.displacers ?? []).flatMap(one => onDisplacer(one, benchmark))),
  ]
}

function open({ benchmarks, policies = DEFAULT_POLICIES }: Report): readonly Annotation[] {
  const undecided = decided(benchmarks, 'undecided')
  const unmeasured = decided(benchmarks, 'unmeasured').filter(benchmark => !isBroken(benchmark))
  return [...undecided, ...unmeasured].map(row => ({
    level: LEVELS[policyOf(row, policies)],
    title: `${row.name} ${row.decision === 'undecided' ? 'is undecided' : 'could not be measured'}`,
    message: row.reason ?? 'The report says what was seen.',
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
