import type { LayoutTrial } from '../model/trials.ts'

/** What a layout trial showed, in a sentence. */
export function trialSentence(trial: Omit<LayoutTrial, 'sentence'>): string {
  const { layouts, ratio, low, high, best } = trial
  const fixed = (value: number) => value.toFixed(2)
  const over = `Over ${layouts} random layouts a side, head takes ${fixed(ratio)} × the time of base (${fixed(low)} to ${fixed(high)}; the best layouts ${fixed(best)} ×)`
  switch (trial.outcome) {
    case 'placement':
      return `${over}: the slowdown is luck of the layout, not of the code.`
    case 'real':
      return `${over}: the slowdown stays however the code is laid out.`
    case 'mixed':
      return `${over}: part of the slowdown stays in every layout, and the default layout adds to it.`
    case 'inconclusive':
      return `${over}: that neither shows nor rules out that the layout is to blame.`
  }
}
