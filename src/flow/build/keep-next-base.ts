import type { GateContext } from '../run/gate-context.ts'
import { replaceTree } from '../trees/checkout.ts'
import { baseKey } from './base-key.ts'
import { buildSide } from './build-side.ts'

/**
 * Keeps a build of the head as the base of pull requests to come. Builds hold the path they were built at, so the head is built once
 * more at the base's place. What goes wrong here is a line in the log and changes no verdict.
 */
export async function keepNextBase(context: GateContext): Promise<void> {
  const { request, plan, checkout, history, world, env } = context
  const command = plan.settings.build
  // Base and head are one commit: what was built as the base has been kept already.
  const same = history.base.sha === history.head.sha
  if (!request.keepsNextBase || command === undefined || same) return
  await world.log.group('Keep a build for pull requests to come', async () => {
    const { sha } = history.head
    const replaced = await replaceTree(checkout, { side: 'base', sha }, world.tools)
    if (typeof replaced === 'string') return world.log.line(`nothing was kept: ${replaced}`)
    const { key } = baseKey(context, { sha, leftOut: replaced.leftOut.base })
    await world.sandbox.adopt(checkout.trees.base)
    const build = { command, trees: checkout.trees, env, timeoutSeconds: plan.settings.buildTimeoutSeconds }
    const failure = await buildSide('base', build, world)
    if (failure) return world.log.line(`nothing was kept: ${failure.message}`)
    const kept = await world.cache.save([checkout.trees.base], key)
    world.log.line(kept ? `kept as ${key}` : 'nothing was kept')
  })
}
