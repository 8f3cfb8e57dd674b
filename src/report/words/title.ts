import type { Report } from '../../core/model/report.ts'
import { numbered } from '../../core/text/text.ts'
import { decided } from './order.ts'

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

/** The title of a table that passes as built while the gate still looks for what may fail it. */
export function nothingSlowerSoFar(
  { sentence }: Pick<Report, 'sentence'>,
  { overLayouts }: { readonly overLayouts: boolean },
): string {
  const open = overLayouts
    ? 'Layouts are still being measured'
    : 'The gate still looks for more work that a layout hides'
  return `So far, as built: ${sentence} ${open}, so this is no verdict yet; what is found will replace this text.`
}

/** Whether a report is one that would pass as it was built, told before its end. */
export function isOpenSoFar({ unfinished, verdict }: Pick<Report, 'unfinished' | 'verdict'>): boolean {
  return unfinished === true && verdict === 'error'
}

/** The line of the log that tells what was decided before the gate looks for causes. */
export function decidedWords(report: Pick<Report, 'unfinished' | 'verdict' | 'sentence'>): string {
  return isOpenSoFar(report) ? report.sentence : `verdict: ${report.verdict}. ${report.sentence}`
}
