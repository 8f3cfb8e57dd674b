import type { CommandError } from '../../core/model/errors.ts'
import { SIDES } from '../../core/model/side.ts'
import type { GateContext } from '../run/gate-context.ts'
import { baseKey, shortKey } from './base-key.ts'
import { type BuildRequest, buildSide } from './build-side.ts'
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
    return { failures: [], notes: ['No build command was given; both sides ran as they were checked out.'] }
  }
  return ports.log.group('Build both sides', async () => {
    const { trees, leftOut } = checkout
    const request = { command, trees, env, timeoutSeconds, leftOut }
    const base = await buildBase(context, request)
    // Before any code of the head runs.
    await ports.sandbox.seal(trees.base)
    const head = await buildSide('head', request, ports)
    if (!head) await keepHead(context)
    await ports.sandbox.seal(trees.head)
    return {
      failures: [base.failure, head].filter(failure => failure !== undefined),
      notes: base.cached ? ['The base build was taken from the cache.'] : [],
    }
  })
}

/** The cache is read before any code of the pull request has run, and written before any can have. */
async function buildBase(
  context: GateContext,
  request: BuildRequest,
): Promise<{ readonly cached: boolean; readonly failure?: CommandError }> {
  const { checkout, history, ports } = context
  // What earlier steps made is not in the key.
  const usesCache = context.request.usesCache && context.plan.settings.bring.length === 0
  const { key, ingredients } = baseKey(context, {
    sha: history.base.sha,
    leftOut: checkout.leftOut.base,
  })
  if (usesCache) {
    for (const { name, value } of ingredients) ports.log.debug?.(`cache key: ${name} = ${value}`)
    const found = await ports.cache.restore([checkout.trees.base], key)
    if (found) {
      await ports.sandbox.adopt(checkout.trees.base)
      ports.log.line(`base: its build was taken from the cache (${shortKey(key)})`)
      return { cached: true }
    }
    ports.log.line(`base: not in the cache as ${shortKey(key)}, so it is built`)
  }
  const failure = await buildSide('base', request, ports)
  if (failure) return { cached: false, failure }
  if (!usesCache) return { cached: false }
  const place = ports.sandbox.placeOf(checkout.trees.base)
  const why = await whyNotKept(place)
  if (why === undefined) await ports.cache.save([place.tree], key)
  else ports.log.line(`base: its build is not kept, because ${why}`)
  return { cached: false }
}
