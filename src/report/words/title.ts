import type { Report } from '../../core/model/report.ts'
import { numbered } from '../../core/text/text.ts'
import { decided } from './order.ts'
import { isOpenSoFar } from './so-far.ts'

/** What the sentence is made from; the report without its own sentence. */
export type Judged = Pick<Report, 'verdict' | 'benchmarks' | 'errors' | 'unfinished'>

/** A few words on the whole run, for the title of a check or a summary. */
export function verdictTitle(report: Judged): string {
  const { verdict, benchmarks, errors } = report
  const slower = decided(benchmarks, 'slower').length
  const open = decided(benchmarks, 'undecided').length + decided(benchmarks, 'unmeasured').length
  const of = `of ${numbered(benchmarks.length, 'benchmark')}`
  if (slower > 0) return `${slower} ${of} slower${verdict === 'pass' ? ', not counted as a failure' : ''}`
  if (decided(benchmarks, 'masked').length > 0 && verdict === 'fail') return 'A layout hides more work'
  if (verdict === 'fail') return errors.length > 0 ? 'The pull request does not build' : 'A benchmark broke'
  if (verdict === 'error') return isOpenSoFar(report) ? 'Nothing got slower so far' : 'Could not measure'
  if (verdict === 'undecided') return `${open} ${of} undecided`
  return 'Nothing got slower'
}
