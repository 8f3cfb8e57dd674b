import { judgeRemedy, type Remedy } from '../../core/layouts/remedies.ts'
import type { RemedyTrial } from '../../core/model/trials.ts'
import { formatChange, formatInterval } from '../text/format.ts'

/** A remedy in words that follow "with". */
function remedyName(remedy: Remedy): string {
  if (remedy.kind === 'align') return remedy.flags.join(' ')
  const parts = [
    ...(remedy.functions.length > 0 ? ['the hot functions'] : []),
    ...(remedy.objects.length > 0 ? ['the hot data'] : []),
  ]
  return `${parts.join(' and ')} side by side (an order file for the linker)`
}

/** What a remedy came to, judged and in a sentence. */
export function remedyResult(
  remedy: Remedy,
  measured: Pick<RemedyTrial, 'ratio' | 'low' | 'high'>,
  against: { readonly threshold: number; readonly untreated: number },
): RemedyTrial {
  const judged = judgeRemedy(measured, against)
  const { ratio, low, high, cured, helps } = judged
  const name = remedyName(remedy)
  const figures = `the change is ${formatChange(ratio)} (${formatInterval({ ratio, low, high })}) instead of ${formatChange(against.untreated)}`
  const sense = cured
    ? 'the slowdown goes away'
    : helps
      ? 'it helps, and does not cure it'
      : 'that is no cure'
  return { kind: remedy.kind, remedy: name, ...judged, sentence: `With ${name}, ${figures}: ${sense}.` }
}
