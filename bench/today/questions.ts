import type { EffectThreshold, LogEvidence } from '../../src/core/statistics/questions.ts'
import { logWealth } from './betting.ts'

/** One value, and those that it is compared with in the same round. */
export interface Trial {
  readonly subject: number
  readonly references: readonly number[]
}

/**
 * What the trials say for each answer about the subject: worse than its references by more than the mark, not so, better by more
 * than the mark, not so. `charge` (1 or more) is a known bias between equal things that is taken off every claim.
 */
export function evidenceOf(trials: readonly Trial[], mark: EffectThreshold, charge: number): LogEvidence {
  const mirrored = mark.better === 'higher'
  const bet = (holds: (large: number, small: number) => boolean, backwards: boolean) => {
    let won = 0
    let lost = 0
    for (const { subject, references } of trials) {
      let held = 0
      for (const reference of references)
        if (backwards ? holds(reference, subject) : holds(subject, reference)) held++
      if (held === references.length) won++
      else if (held === 0) lost++
    }
    return logWealth(won, lost)
  }
  const exceeds = (large: number, small: number) => isBeyond(large / charge, small, mark)
  const staysBelow = (large: number, small: number) => isShort(large * charge, small, mark)
  return {
    slower: bet(exceeds, mirrored),
    notSlower: bet(staysBelow, mirrored),
    faster: bet(exceeds, !mirrored),
    notFaster: bet(staysBelow, !mirrored),
  }
}

function isBeyond(large: number, small: number, mark: EffectThreshold): boolean {
  return large > small * (1 + mark.threshold) && large - small > (mark.floor ?? 0)
}

/** Not the opposite of `isBeyond`: a value that lies exactly on the mark counts for neither answer. */
function isShort(large: number, small: number, mark: EffectThreshold): boolean {
  const shortOfFloor = mark.floor !== undefined && large - small < mark.floor
  return large < small * (1 + mark.threshold) || shortOfFloor
}
