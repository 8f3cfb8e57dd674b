import { createHash } from 'node:crypto'
import { cacheKey, type Ingredient, ingredientsOf } from '../core/cache-key.ts'
import type { Findings } from './findings.ts'

/** The cache key of one commit built as the base, and everything that went into it. */
export function baseKey(
  findings: Findings,
  sha: string,
): { readonly key: string; readonly ingredients: readonly Ingredient[] } {
  const { plan, checkout, env, machine, request } = findings
  const ingredients = ingredientsOf({
    baseSha: sha,
    command: plan.settings.build ?? '',
    env: env.base,
    tree: checkout.trees.base,
    toolVersion: request.version,
    machine,
  })
  return { key: cacheKey(ingredients, text => createHash('sha256').update(text).digest('hex')), ingredients }
}
