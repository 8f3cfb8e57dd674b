import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { RunFault } from '../../core/model/errors.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import type { IN_TURN } from '../../report/reasons/builds.ts'
import type { LogPort } from '../../shell/ports/ports.ts'
import { watchListeners } from '../../shell/sandbox/watch-listeners.ts'
import type { GateContext } from '../run/gate-context.ts'
import { replaceTree } from '../trees/checkout.ts'
import { type BuildRequest, buildSide, type FailedBuild } from './build-side.ts'
import { isPlaceShared } from './keep-next-base.ts'

/** Why the sides have to be built one after the other; undefined where they may be built at once. */
export function whyInTurn(context: GateContext): keyof typeof IN_TURN | undefined {
  if (availableParallelism() < 2) return 'one-cpu'
  // Where jobs have a root of their own, neither side finds the other's files; elsewhere the base is sealed before the head's code runs.
  if (!isPlaceShared(context)) return 'no-own-root'
  // What is kept for later runs is kept before other code has run.
  if (context.request.keepsNextBase) return 'kept-for-later'
  return undefined
}

type Failures = PerSide<FailedBuild | undefined>

/**
 * Builds both sides at once. What their being at once may have to do with is built again alone, from a new checkout: a side that ran out of
 * memory, time or disk, and both where one listened on the network that they share (a compile server of one side would serve the other).
 */
export async function buildAtOnce(context: GateContext, request: BuildRequest): Promise<Failures> {
  const { ports } = context
  const { trees } = request
  ports.log.line('building both sides at once')
  ports.log.doing?.('building both sides', request.timeoutSeconds)
  const { doing: _, ...log } = ports.log
  const later = heldLog(log)
  const watch =
    ports.sandbox.network === 'none'
      ? undefined
      : watchListeners(SIDES.map(side => statSync(trees[side]).uid))
  const one = async (side: Side, log: LogPort) => {
    const failed = await buildSide(side, request, { ...ports, log })
    await ports.sandbox.seal(trees[side])
    return failed
  }
  const base = one('base', log).finally(later.release)
  const built = await Promise.allSettled([base, one('head', later.log)])
  const met = watch?.end()
  for (const outcome of built) if (outcome.status === 'rejected') throw outcome.reason
  const [ofBase, ofHead] = built.map(outcome => (outcome.status === 'fulfilled' ? outcome.value : undefined))
  const failed: Failures = { base: ofBase, head: ofHead }
  if (met !== undefined)
    ports.log.line(
      `a build listened at ${met}, which both could reach, so the sides are built again, one after the other`,
    )
  const again = SIDES.filter(side => met !== undefined || failed[side]?.wantsRoom === true)
  for (const side of again) if (met === undefined) ports.log.line(`${side}: its build is tried again alone`)
  const alone: Partial<Record<Side, FailedBuild | undefined>> = {}
  for (const side of again) alone[side] = await buildAlone(context, request, side)
  return { ...failed, ...alone }
}

/** From a new checkout, in a new home. */
async function buildAlone(
  { checkout, history, ports }: GateContext,
  request: BuildRequest,
  side: Side,
): Promise<FailedBuild | undefined> {
  const replaced = await replaceTree(checkout, { side, sha: history[side].sha }, ports.tools)
  if (!replaced.ok) throw new RunFault(replaced.fault)
  const tree = checkout.trees[side]
  await ports.sandbox.adopt(tree)
  const failed = await buildSide(side, request, ports)
  await ports.sandbox.seal(tree)
  return failed
}

/** A log that keeps its lines until it is released, so that the output of two builds does not mix. */
function heldLog(log: LogPort): { readonly log: LogPort; release(): void } {
  let held: (() => void)[] | undefined = []
  const when = (tell: () => void) => {
    if (held) held.push(tell)
    else tell()
  }
  const { quote } = log
  return {
    log: {
      ...log,
      line: text => when(() => log.line(text)),
      ...(quote && { quote: (text: string) => when(() => quote(text)) }),
    },
    release: () => {
      for (const tell of held ?? []) tell()
      held = undefined
    },
  }
}
