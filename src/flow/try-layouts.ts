import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayoutTrial, Limitation } from '../core/model.ts'
import type { Case } from './explain-all.ts'
import type { Findings } from './findings.ts'
import { holding } from './holding.ts'
import { layoutTrial } from './layout-trial.ts'
import { stoppableMatch } from './stoppable-match.ts'

export interface Trialled {
  /** By benchmark. */
  readonly byName: ReadonlyMap<string, LayoutTrial>
  readonly limitations: readonly Limitation[]
}

const NONE: Trialled = { byName: new Map(), limitations: [] }
const MATCH_MILLISECONDS = 1000

/** Rebuilds both sides in random layouts for every breach that placement may explain, under the conditions of the measuring. */
export async function tryLayouts(findings: Findings, cases: readonly Case[]): Promise<Trialled> {
  const { plan, world } = findings
  const wanted = cases.filter(
    ({ row, candidate }) => candidate && row.decision === 'slower' && row.metric === 'time',
  )
  if (plan.settings.layouts === 'off' || wanted.length === 0) return NONE
  if (plan.settings.build === undefined) {
    return { byName: new Map(), limitations: [NO_BUILD] }
  }
  const held = await holding(plan.settings.tune, world.machine, async hold => {
    const byName = new Map<string, LayoutTrial>()
    const limitations: Limitation[] = []
    for (const [index, each] of wanted.entries()) {
      const trial = await tryOne(findings, each, {
        folder: join(world.folder, `layouts-${index}`),
        cpus: hold.cpus,
      })
      if ('limitation' in trial) limitations.push(trial.limitation)
      else byName.set(each.row.name, trial)
    }
    return { byName, limitations }
  })
  return held.value
}

const NO_BUILD: Limitation = {
  what: 'No layout was tried, because no build command was given.',
  instead: 'The cause rests on counters and addresses alone, so it stays likely at most.',
}

async function tryOne(
  findings: Findings,
  { row, examined }: Case,
  place: { readonly folder: string; readonly cpus: string | undefined },
) {
  const { plan, checkout, history, env, seed, world } = findings
  const { settings } = plan
  const hot = examined?.examination.hot ?? []
  try {
    return await layoutTrial(
      {
        benchmark: plan.benchmarks.find(planned => planned.plan.name === row.name)!.plan,
        build: settings.build!,
        buildTimeoutSeconds: settings.buildTimeoutSeconds,
        env,
        trees: checkout.trees,
        clone: checkout.clone,
        commits: { base: history.base.sha, head: history.head.sha },
        folder: place.folder,
        ...(place.cpus === undefined ? {} : { cpus: place.cpus }),
        match: stoppableMatch(MATCH_MILLISECONDS),
        hot: hot.map(code => code.name),
        ratio: row.change!.ratio,
        movedHot: hot.some(code => code.moved),
        layouts: settings.layouts === 'off' ? 'auto' : settings.layouts,
        budgetSeconds: settings.layoutBudgetSeconds,
        seed,
      },
      world,
    )
  } finally {
    await rm(place.folder, { recursive: true, force: true })
  }
}
