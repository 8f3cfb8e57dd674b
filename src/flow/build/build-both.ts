import type { CommandError } from '../../core/model/errors.ts'
import { SIDES } from '../../core/model/side.ts'
import { BASE_FROM_CACHE, IN_TURN, NO_BUILD_COMMAND, NOT_KEPT } from '../../report/reasons/builds.ts'
import type { GateContext } from '../run/gate-context.ts'
import { buildAtOnce, whyInTurn } from './at-once.ts'
import { baseKey, shortKey } from './base-key.ts'
import { type BuildRequest, buildSide, type FailedBuild } from './build-side.ts'
import { whyNotKept } from './installed.ts'
import { keepHead } from './keep-next-base.ts'
import { lendObjects } from './lend-objects.ts'

export interface Builds {
  readonly failures: readonly CommandError[]
  readonly notes: readonly string[]
}

/** Builds both sides, the base from the cache where it is there; both are tried, so that both failures are reported. */
export async function buildBoth(context: GateContext): Promise<Builds> {
  const { plan, checkout, env, ports } = context
  const { build: command, buildTimeoutSeconds: timeoutSeconds } = plan.settings
  for (const side of SIDES) await ports.sandbox.adopt(checkout.trees[side])
  await lendObjects(context)
  if (command === undefined) {
    for (const side of SIDES) await ports.sandbox.seal(checkout.trees[side])
    return { failures: [], notes: [NO_BUILD_COMMAND] }
  }
  return ports.log.group('Build both sides', async () => {
    const { trees, leftOut } = checkout
    const request = { command, trees, env, timeoutSeconds, leftOut }
    const cached = await fromCache(context)
    const inTurn = cached ? 'base-is-built' : whyInTurn(context)
    if (inTurn !== undefined) ports.log.debug?.(`builds: one after the other, because ${IN_TURN[inTurn]}`)
    const failed =
      inTurn === undefined
        ? await buildAtOnce(context, request)
        : await buildInTurn(context, { request, cached })
    return {
      failures: SIDES.flatMap(side => failed[side]?.error ?? []),
      notes: cached ? [BASE_FROM_CACHE] : [],
    }
  })
}

/** The base, then the head: the cache is written, and what was built is sealed, before any code of the pull request has run. */
async function buildInTurn(
  context: GateContext,
  { request, cached }: { readonly request: BuildRequest; readonly cached: boolean },
) {
  const { ports, checkout } = context
  const base = cached ? undefined : await buildSide('base', request, ports)
  if (!cached && !base) await keepBase(context)
  await ports.sandbox.seal(checkout.trees.base)
  const head: FailedBuild | undefined = await buildSide('head', request, ports)
  if (!head) await keepHead(context)
  await ports.sandbox.seal(checkout.trees.head)
  return { base, head }
}

// What earlier steps made is not in the key.
const usesCache = ({ request, plan }: GateContext) => request.usesCache && plan.settings.bring.length === 0

const keyOf = (context: GateContext) =>
  baseKey(context, { sha: context.history.base.sha, leftOut: context.checkout.leftOut.base })

/** Whether the base's build was in the cache, which is read before any code of the pull request has run. */
async function fromCache(context: GateContext): Promise<boolean> {
  const { checkout, ports } = context
  if (!usesCache(context)) return false
  const { key, ingredients } = keyOf(context)
  for (const { name, value } of ingredients) ports.log.debug?.(`cache key: ${name} = ${value}`)
  if (await ports.cache.restore([checkout.trees.base], key)) {
    await ports.sandbox.adopt(checkout.trees.base)
    ports.log.line(`base: its build was taken from the cache (${shortKey(key)})`)
    return true
  }
  ports.log.line(`base: not in the cache as ${shortKey(key)}, so it is built`)
  return false
}

async function keepBase(context: GateContext): Promise<void> {
  const { checkout, ports } = context
  if (!usesCache(context)) return
  const place = ports.sandbox.placeOf(checkout.trees.base)
  const why = await whyNotKept(place)
  if (why === undefined) await ports.cache.save([place.tree], keyOf(context).key)
  else ports.log.line(`base: its build is not kept, because ${NOT_KEPT[why]}`)
}
