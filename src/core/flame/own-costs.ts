import type { Flame } from '../model/explanation.ts'
import type { PerSide } from '../model/side.ts'

/** What was counted in each frame itself, on both sides; empty for a flame that is none (a report may come from anywhere). */
export function ownCosts({ frames, functions }: Flame): readonly PerSide<number>[] {
  const sound = frames.every(
    ([caller, functionAt], at) => caller < at && caller >= -1 && functionAt < functions.length,
  )
  if (!sound) return []
  const own = frames.map(([, , base, head]) => ({ base, head }))
  for (const [caller, , base, head] of frames) {
    const above = own[caller]
    if (!above) continue
    above.base -= base
    above.head -= head
  }
  // Frames are rounded, each by itself.
  return own.map(({ base, head }) => ({ base: Math.max(0, base), head: Math.max(0, head) }))
}
