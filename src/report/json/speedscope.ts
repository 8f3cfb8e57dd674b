import { ownCosts } from '../../core/flame/own-costs.ts'
import type { Flame } from '../../core/model/explanation.ts'
import type { Report } from '../../core/model/report.ts'
import { SIDES } from '../../core/model/side.ts'
import { shortName } from '../../core/text/symbol-name.ts'
import { visibleName } from '../../core/text/text.ts'

const NAME_LIMIT = 400

/**
 * `flame.speedscope.json`: the call stacks of both sides of every benchmark that has some, one profile a side, as speedscope.app reads them
 * (speedscope's file-format-spec.ts); undefined where no benchmark has any.
 */
export function speedscopeText(report: Report): string | undefined {
  const frames: { readonly name: string; readonly file: string }[] = []
  const profiles = report.benchmarks.flatMap(({ name, flame }) => {
    if (!flame) return []
    const first = frames.length
    frames.push(
      ...flame.functions.map(({ symbol, object }) => ({
        name: visibleName(shortName(symbol) || symbol, NAME_LIMIT),
        file: visibleName(object, NAME_LIMIT),
      })),
    )
    const title = visibleName(name, NAME_LIMIT)
    return SIDES.map(side => ({
      type: 'sampled',
      name: `${title} (${side}, ${flame.unit})`,
      unit: 'none',
      ...stacksOf(flame, side, first),
    }))
  })
  if (profiles.length === 0) return undefined
  const { name, version } = report.tool
  const file = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: `${name}@${version}`,
    name: visibleName(`${report.base.sha.slice(0, 10)}..${report.head.sha.slice(0, 10)}`, NAME_LIMIT),
    activeProfileIndex: 0,
    shared: { frames },
    profiles,
  }
  return `${JSON.stringify(file)}\n`
}

/** The stacks that something was counted in, from the outermost frame inwards, each with what was counted in its innermost. */
function stacksOf(flame: Flame, side: (typeof SIDES)[number], first: number) {
  const own = ownCosts(flame)
  const stacks: (readonly number[])[] = []
  const samples: (readonly number[])[] = []
  const weights: number[] = []
  own.forEach((costs, at) => {
    const [caller, functionAt] = flame.frames[at]!
    stacks[at] = [...(stacks[caller] ?? []), first + functionAt]
    if (costs[side] === 0) return
    samples.push(stacks[at])
    weights.push(costs[side])
  })
  return { startValue: 0, endValue: weights.reduce((sum, weight) => sum + weight, 0), samples, weights }
}
