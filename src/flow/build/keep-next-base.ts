import type { Side } from '../../core/model/side.ts'
import { NOT_KEPT } from '../../report/reasons/builds.ts'
import type { GateContext } from '../run/gate-context.ts'
import { replaceTree } from '../trees/checkout.ts'
import { baseKey, shortKey } from './base-key.ts'
import { buildSide } from './build-side.ts'
import { whyNotKept } from './installed.ts'

/** Whether jobs see both trees at one path, in roots of their own, so that a build of the head is one of the base too: builds hold the path they were built at. */
export function isPlaceShared({ ports, checkout }: GateContext): boolean {
  const of = (side: Side) => ports.sandbox.placeOf(checkout.trees[side]).inside.tree
  return of('base') === of('head')
}

/** Whether the head will be the base of pull requests to come. Where both are one commit, its build was kept as the base's. */
function isNextBase({ request, plan, history }: GateContext): boolean {
  const same = history.base.sha === history.head.sha
  // What earlier steps made is not in the key.
  const bare = plan.settings.bring.length === 0
  return request.keepsNextBase && plan.settings.build !== undefined && !same && bare
}

/** Whether `paths` spared both builds: the commit is a base of pull requests all the same. */
export function isUntouched({ plan: { benchmarks } }: GateContext): boolean {
  return benchmarks.length > 0 && benchmarks.every(({ untouched }) => untouched !== undefined)
}

/** Keeps what was just built as the head, before anything has run in its tree. */
export async function keepHead(context: GateContext): Promise<void> {
  if (!isNextBase(context) || !isPlaceShared(context)) return
  const { checkout, history, ports } = context
  const why = await whyNotKept(ports.sandbox.placeOf(checkout.trees.head))
  if (why !== undefined) return ports.log.line(`head: its build is not kept, because ${NOT_KEPT[why]}`)
  const { key } = baseKey(context, { sha: history.head.sha, leftOut: checkout.leftOut.head })
  const kept = await ports.cache.save([checkout.trees.head], key)
  ports.log.line(`head: ${kept ? `kept as ${shortKey(key)}, the base of pull requests to come` : 'not kept'}`)
}

/**
 * Keeps a build of the head as the base of pull requests to come, where it was not built or could not be kept as it was: the head is built
 * at the base's place. What goes wrong here is a line in the log and changes no verdict.
 */
export async function keepNextBase(context: GateContext): Promise<void> {
  const { plan, checkout, history, ports, env } = context
  const command = plan.settings.build
  const isKept = isPlaceShared(context) && !isUntouched(context)
  if (!isNextBase(context) || isKept || command === undefined) return
  await ports.log.group('Keep a build for pull requests to come', async () => {
    const { sha } = history.head
    const replaced = await replaceTree(checkout, { side: 'base', sha }, ports.tools)
    if (!replaced.ok) return ports.log.line(`nothing was kept: ${replaced.fault}`)
    const { key } = baseKey(context, { sha, leftOut: replaced.value.leftOut.base })
    await ports.sandbox.adopt(checkout.trees.base)
    const build = { command, trees: checkout.trees, env, timeoutSeconds: plan.settings.buildTimeoutSeconds }
    const failure = await buildSide('base', build, ports)
    if (failure) return ports.log.line(`nothing was kept: ${failure.error.message}`)
    const why = await whyNotKept(ports.sandbox.placeOf(checkout.trees.base))
    if (why !== undefined) return ports.log.line(`nothing was kept, because ${NOT_KEPT[why]}`)
    const kept = await ports.cache.save([checkout.trees.base], key)
    ports.log.line(kept ? `kept as ${shortKey(key)}` : 'nothing was kept')
  })
}
