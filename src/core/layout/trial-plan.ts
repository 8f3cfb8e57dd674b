/** How many layouts a side and how many runs of each the time allows. */
export interface TrialSize {
  readonly layouts: number
  readonly passes: number
}

/** Seconds that the parts of a trial take, as far as they are known before it. */
export interface TrialCosts {
  /** One run of both sides, their files brought in. */
  readonly pairOfRuns: number
  /** Making one layout of both sides. */
  readonly pairOfLayouts: number
}

const PASSES = 3
const FIRST_LAYOUTS = 12
/** Fewer layouts than this a side cannot tell the two distributions apart. */
const FEWEST_LAYOUTS = 8

/** The largest trial that fits: fewer runs of each layout before fewer layouts; undefined when not even the smallest does. */
export function sizeTrial(
  wanted: 'auto' | number,
  budgetSeconds: number,
  costs: TrialCosts,
): TrialSize | undefined {
  const most = wanted === 'auto' ? FIRST_LAYOUTS : wanted
  const fewest = Math.min(most, FEWEST_LAYOUTS)
  const seconds = (layouts: number, passes: number) =>
    layouts * costs.pairOfLayouts + (layouts + 1) * passes * costs.pairOfRuns
  for (let passes = PASSES; passes > 0; passes--) {
    if (seconds(most, passes) <= budgetSeconds) return { layouts: most, passes }
  }
  for (let layouts = most - 1; layouts >= fewest; layouts--) {
    if (seconds(layouts, 1) <= budgetSeconds) return { layouts, passes: 1 }
  }
  return undefined
}
