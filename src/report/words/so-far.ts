import type { Report } from '../../core/model/report.ts'

/** What is told of a table that would pass as it was built while something is still looked for that may fail it. */
export function nothingSlowerSoFar(
  { sentence }: Pick<Report, 'sentence'>,
  { overLayouts }: { readonly overLayouts: boolean },
): string {
  const open = overLayouts
    ? 'Layouts are still being measured'
    : 'Whether a layout hides more work is still being looked for'
  return `So far, as built: ${sentence} ${open}, so this is no verdict yet; what is found will replace this text.`
}

/** Whether a report is one that would pass as it was built, told before its end. */
export function isOpenSoFar({ unfinished, verdict }: Pick<Report, 'unfinished' | 'verdict'>): boolean {
  return unfinished === true && verdict === 'error'
}

/** The line of the log that tells what was decided before causes are looked for. */
export function decidedWords(report: Pick<Report, 'unfinished' | 'verdict' | 'sentence'>): string {
  return isOpenSoFar(report) ? report.sentence : `verdict: ${report.verdict}. ${report.sentence}`
}
