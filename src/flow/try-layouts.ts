import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayoutTrial, Limitation, RemedyTrial, Trials } from '../core/model.ts'
import type { Hold } from '../shell/world.ts'
import { explain } from './diagnose.ts'
import type { Case } from './explain-all.ts'
import type { Findings } from './findings.ts'
import { holding } from './holding.ts'
import type { LayoutRequest } from './layout-request.ts'
import { layoutTrial } from './layout-trial.ts'
import { remedyTrials } from './remedy-trial.ts'
import { stoppableMatch } from './stoppable-match.ts'

export interface Trialled {
  /** By benchmark. */
  readonly byName: ReadonlyMap<string, Trials>
  readonly limitations: readonly Limitation[]
}

const NONE: Trialled = { byName: new Map(), limitations: [] }
const MATCH_MILLISECONDS = 1000

const NO_BUILD: Limitation = {
  what: 'No layout was tried, because no build command was given.',
  instead: 'The cause rests on counters and addresses alone, so it stays likely at most.',
}

/**
 * Rebuilds both sides in random layouts for every breach that placement may explain, under the conditions of the measuring; where the
 * layouts say that it is placement, the remedies that fit are tried too.
 */
export async function tryLayouts(findings: Findings, cases: readonly Case[]): Promise<Trialled> {
  const { settings } = findings.plan
  const wanted = cases.filter(
    ({ row, candidate }) => candidate && row.decision === 'slower' && row.metric === 'time',
  )
  if (settings.layouts === 'off' || wanted.length === 0) return NONE
  if (settings.build === undefined) return { byName: new Map(), limitations: [NO_BUILD] }
  const held = await holding(settings.tune, findings.world.machine, async hold => {
    const byName = new Map<string, Trials>()
    const limitations: Limitation[] = []
    for (const [index, each] of wanted.entries()) {
      const found = await tryOne(findings, each, { index, hold })
      if ('limitation' in found) limitations.push(found.limitation)
      else byName.set(each.row.name, found)
    }
    return { byName, limitations }
  })
  return held.value
}

async function tryOne(
  findings: Findings,
  tried: Case,
  place: { readonly index: number; readonly hold: Hold },
): Promise<Trials | { readonly limitation: Limitation }> {
  const { world } = findings
  const request = requestFor(findings, tried, place)
  const layout = await inFolder(request, () => layoutTrial(request, world))
  if ('limitation' in layout) return layout
  const remedies = await tryRemedies(request, layout, tried, findings)
  return { layout, ...(remedies.length > 0 && { remedies }) }
}

/** Tries what is advised; where it cannot be tried, the advice stands as not tried. */
async function tryRemedies(
  request: LayoutRequest,
  layout: LayoutTrial,
  { examined, times }: Case,
  { world }: Findings,
): Promise<readonly RemedyTrial[]> {
  if (!examined || (layout.outcome !== 'placement' && layout.outcome !== 'mixed')) return []
  const { suspects } = explain(examined, times, layout)
  const remedies = await inFolder(request, () => remedyTrials({ ...request, suspects }, world))
  if ('limitation' in remedies) {
    world.log.line(`No remedy was tried: ${remedies.limitation.what}`)
    return []
  }
  return remedies
}

async function inFolder<T>({ folder }: LayoutRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function requestFor(
  findings: Findings,
  { row, examined }: Case,
  { index, hold }: { readonly index: number; readonly hold: Hold },
): LayoutRequest {
  const { plan, checkout, history, env, seed, world } = findings
  const { settings } = plan
  const hot = examined?.examination.hot ?? []
  return {
    benchmark: plan.benchmarks.find(planned => planned.plan.name === row.name)!.plan,
    build: settings.build!,
    buildTimeoutSeconds: settings.buildTimeoutSeconds,
    env,
    trees: checkout.trees,
    clone: checkout.clone,
    commits: { base: history.base.sha, head: history.head.sha },
    // A name of our own, because the benchmark's is hostile.
    folder: join(world.folder, `layouts-${index}`),
    ...(hold.cpus === undefined ? {} : { cpus: hold.cpus }),
    match: stoppableMatch(MATCH_MILLISECONDS),
    hot: hot.map(code => code.name),
    ratio: row.change!.ratio,
    movedHot: hot.some(code => code.moved),
    layouts: settings.layouts === 'off' ? 'auto' : settings.layouts,
    budgetSeconds: settings.layoutBudgetSeconds,
    seed,
  }
}
