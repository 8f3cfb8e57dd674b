import { join } from 'node:path'
import { onSide } from '../../core/harness/arrange.ts'
import { readRun } from '../../core/harness/read-run.ts'
import { type Remedy, remediesFor } from '../../core/layouts/remedies.ts'
import { layoutNoise } from '../../core/layouts/trial-plan.ts'
import type { Suspect } from '../../core/model/explanation.ts'
import type { Side } from '../../core/model/side.ts'
import type { RemedyTrial } from '../../core/model/trials.ts'
import { median } from '../../core/statistics/median.ts'
import { shuffled, uniform } from '../../core/statistics/random.ts'
import { ratioOfMedians } from '../../core/statistics/ratio-interval.ts'
import { remedyResult } from '../../report/words/remedy.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { runIn, type TrialTree } from './build-side.ts'
import { copyFresh } from './files.ts'
import { keepFiles } from './keep.ts'
import { openMaker } from './make.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { LayoutRequest } from './request.ts'
import type { TrialRun } from './side.ts'

/** A layout request with the suspects whose mechanisms choose the remedies. */
export interface RemedyRequest extends LayoutRequest {
  readonly suspects: readonly Suspect[]
}

/** Something to run: in which tree, with which files brought in from where. */
interface Variant {
  readonly trial: TrialTree
  readonly files: readonly (readonly [from: string, to: string])[]
  readonly values: number[]
}

/** Where a remedy trial works. */
interface Bench {
  readonly request: RemedyRequest
  readonly setup: RelinkSetup
  readonly ports: Ports
}

/**
 * Makes head again with each remedy that fits what the suspects show, and measures it among base and head as they were, so
 * that advice is given with its figures. Remedies that the build cannot take are left out.
 */
export async function remedyTrials(
  request: RemedyRequest,
  setup: RelinkSetup,
  ports: Ports,
): Promise<readonly RemedyTrial[]> {
  const remedies = remediesFor(request.suspects, request.hot)
  if (remedies.length === 0) return []
  return ports.log.group(`Remedies for ${request.benchmark.name}`, async () => {
    const bench = { request, setup, ports }
    const until = ports.clock.now() + request.budgetSeconds
    const base = await variant('base', setup.request.trees.base, bench)
    const head = await variant('head', setup.request.trees.head, bench)
    if (!base || !head) return []
    const treated = new Map<Remedy, Variant>()
    for (const remedy of remedies) {
      const made = await treat(remedy, bench)
      if (made) treated.set(remedy, made)
    }
    // Head as it was is measured only to be reported; how exact its figure is decides nothing.
    const asked = [base, ...treated.values()]
    if (treated.size > 0) await measureVariants({ asked, reported: [head] }, until, bench)
    const results = resultsOf({ base, head }, treated, request)
    for (const { sentence } of results) ports.log.line(sentence)
    return results
  })
}

/** A side's trial tree with the files of another tree of that side brought in. */
async function variant(
  side: Side,
  from: string,
  { request, setup, ports }: Bench,
  through?: string,
): Promise<Variant | undefined> {
  const trial = setup.sides[side]
  const first = trial.runs.get(request.benchmark.name)
  if (!first?.ok) return undefined
  const kept = await keepFiles(
    side,
    { setup, first: first.value, from, ...(through !== undefined && { through }) },
    ports,
  )
  return kept && { trial, files: broughtIn(trial, first.value, kept), values: [] }
}

/** Makes head with a remedy; undefined when this build cannot take it. */
async function treat(remedy: Remedy, bench: Bench): Promise<Variant | undefined> {
  const { request, setup, ports } = bench
  if (remedy.kind === 'align') {
    const flagged = await setup.headWith(remedy.flags)
    return flagged && variant('head', flagged.tree, bench, flagged.tree)
  }
  const trial = setup.sides.head
  const first = trial.runs.get(request.benchmark.name)
  if (!first?.ok) return undefined
  const maker = await openMaker(trial, first.value, setup, ports)
  if (!maker.ok) return undefined
  const kept = await maker.value.make({ ...remedy, kind: 'packed' })
  return kept.ok ? { trial, files: broughtIn(trial, first.value, kept.value), values: [] } : undefined
}

function broughtIn({ tree }: TrialTree, { files }: TrialRun, kept: readonly string[]): Variant['files'] {
  return files.map(({ file }, at) => [kept[at]!, join(tree, file)] as const)
}

const FEWEST_PASSES = 9
const MOST_PASSES = 40
const EXACT_ENOUGH = 0.2

async function measureVariants(
  { asked, reported }: { readonly asked: readonly Variant[]; readonly reported: readonly Variant[] },
  until: number,
  bench: Bench,
): Promise<void> {
  const { request, ports } = bench
  const next = uniform(request.seed)
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    for (const each of shuffled([...asked, ...reported], next)) await measureOnce(each, bench)
    const noise = layoutNoise(asked.map(({ values }) => values))
    const exact = noise <= EXACT_ENOUGH * request.benchmark.threshold
    if (pass >= FEWEST_PASSES && (exact || ports.clock.now() >= until)) return
  }
}

async function measureOnce(
  { trial, files, values }: Variant,
  { request, setup, ports }: Bench,
): Promise<void> {
  const { benchmark } = request
  if (!(await copyFresh(files, { sandbox: ports.sandbox, tree: trial.tree }))) return
  const outcome = await runIn(trial, request, setup.request, ports)
  const reading = readRun(outcome, onSide(benchmark, trial.side), setup.request.match)
  if (reading.ok) values.push(benchmark.better === 'higher' ? 1 / reading.value : reading.value)
}

function resultsOf(
  standard: { readonly base: Variant; readonly head: Variant },
  treated: ReadonlyMap<Remedy, Variant>,
  { benchmark, seed }: LayoutRequest,
): readonly RemedyTrial[] {
  const base = standard.base.values
  const untreated = median(standard.head.values) / median(base)
  return [...treated].flatMap(([remedy, { values }]) =>
    values.length < FEWEST_PASSES || base.length < FEWEST_PASSES
      ? []
      : [
          remedyResult(remedy, ratioOfMedians(base, values, seed), {
            threshold: benchmark.threshold,
            untreated,
          }),
        ],
  )
}
