import { createHash } from 'node:crypto'
import { cacheKey, type Ingredient, ingredientsOf } from '../../core/cache/cache-key.ts'
import { accountOf, type MissingContent } from '../../core/checkout/missing-content.ts'
import type { GateContext } from '../run/gate-context.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** As much of a key as tells two apart. */
export function shortKey(key: string): string {
  return key.slice(0, 'perf-verdict-base-'.length + 12)
}

/** The cache key of one commit built as the base, and everything that went into it. */
export function baseKey(
  context: GateContext,
  { sha, leftOut }: { readonly sha: string; readonly leftOut: MissingContent },
): { readonly key: string; readonly ingredients: readonly Ingredient[] } {
  const { plan, checkout, env, machine, request } = context
  const ingredients = ingredientsOf({
    baseSha: sha,
    leftOut: sha256(accountOf(leftOut)),
    command: plan.settings.build ?? '',
    env: env.base,
    tree: context.ports.sandbox.placeOf(checkout.trees.base).inside.tree,
    toolVersion: request.version,
    machine,
  })
  return { key: cacheKey(ingredients, sha256), ingredients }
}
