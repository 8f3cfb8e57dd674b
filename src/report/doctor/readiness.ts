import type { Readiness } from '../../core/machine/readiness.ts'

const VERDICTS: Readonly<Record<Readiness['verdict'], string>> = {
  times: 'Ready for times',
  instructions: 'Instructions only',
  'not-ready': 'Not ready',
}

/** The doctor's first lines: the verdict, the metric to gate on, why, and what to paste. */
export function describeReadiness({ verdict, metric, because, install }: Readiness): string {
  const advice = metric === undefined ? '' : `: gate on metric: ${metric}`
  return [
    `${VERDICTS[verdict]}${advice}.`,
    ...because.map(sentence => `  - ${sentence}`),
    ...(install === undefined ? [] : ['  - To install what is missing:', `      ${install}`]),
    '',
  ].join('\n')
}
