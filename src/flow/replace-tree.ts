import { rm } from 'node:fs/promises'
import type { Side } from '../core/model/side.ts'
import type { ToolPort } from '../shell/ports/world.ts'
import { layOut } from './trees/check-out-commit.ts'
import type { Checkout } from './trees/checkout.ts'

/** Lays another commit out in a side's place, as new as at the start; yields the checkout as it is then, or why it could not. */
export async function replaceTree(
  checkout: Checkout,
  { side, sha }: { readonly side: Side; readonly sha: string },
  tools: ToolPort,
): Promise<Checkout | string> {
  const tree = checkout.trees[side]
  await rm(tree, { recursive: true, force: true })
  const laid = await layOut(checkout.mirrors, { commit: sha, tree }, tools)
  return typeof laid === 'string' ? laid : { ...checkout, leftOut: { ...checkout.leftOut, [side]: laid } }
}
