import { basename, dirname, join, resolve } from 'node:path'
import type { MissingContent } from '../../core/checkout/missing-content.ts'
import { InputError } from '../../core/model/errors.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import { removeTree } from '../../shell/files/remove-tree.ts'
import type { SourceRepository } from '../../shell/git/git.ts'
import type { RepositoryPlaces, ToolPort } from '../../shell/ports/ports.ts'
import type { History } from '../history/history.ts'
import type { Brought } from './bring.ts'
import { checkOutCommit } from './check-out-commit.ts'
import { borrowedObjects, type Mirrors, mirror } from './mirror.ts'

/** Our own clone and the two work trees, at paths of equal length. */
export interface Checkout {
  /** The bare git folder with the history of both sides. */
  readonly clone: string
  /** What further trees are checked out from. */
  readonly mirrors: Mirrors
  readonly trees: PerSide<string>
  readonly leftOut: PerSide<MissingContent>
}

/** Options of a checkout, in addition to its two commits. */
interface CheckoutWish {
  readonly brought?: Brought
  /** Both sides are the same commit in one tree. */
  readonly oneTree?: true
}

/** Checks both sides out below a folder. */
export async function checkOut(
  history: History,
  folder: string,
  tools: ToolPort,
  { brought, oneTree }: CheckoutWish = {},
): Promise<Checkout> {
  const clone = cloneIn(folder)
  const mirrors = { ...(await mirror(history.source, clone, tools)), ...(brought && { brought }) }
  const head = join(folder, 'head')
  const trees = { base: oneTree ? head : join(folder, 'base'), head }
  const checkOutSide = async (side: Side) => {
    const done = await checkOutCommit(mirrors, { commit: history[side].sha, tree: trees[side] }, tools)
    if (!done.ok) throw new InputError([done.fault])
    return done.value
  }
  const base = oneTree ? undefined : await checkOutSide('base')
  const ofHead = await checkOutSide('head')
  const leftOut = { base: base ?? ofHead, head: ofHead }
  return { clone, mirrors, trees, leftOut }
}

/** The user's own work tree; of a clone that keeps its git folder elsewhere, the folder that was named. */
export function workTreeOf({ own }: SourceRepository, repository: string): string {
  return basename(own.gitFolder) === '.git' ? dirname(own.gitFolder) : resolve(repository)
}

/** What jobs may see of the user's repository: the objects that our clone borrows, and nothing else. */
export function placesOf(source: SourceRepository, folder: string, repository: string): RepositoryPlaces {
  const clone = cloneIn(folder)
  return {
    workTree: workTreeOf(source, repository),
    readable: [
      { from: clone, at: clone },
      ...borrowedObjects(source, clone).map(({ real, name }) => ({ from: real, at: name })),
    ],
  }
}

const cloneIn = (folder: string) => join(folder, 'clone.git')

/** A tree that a build filled without end; the checkout that finds what could not be removed by then says so. */
const REMOVAL_SECONDS = 300

/** Checks another commit out in a side's place, as new as at the start; the checkout as it is then, or why it could not. */
export async function replaceTree(
  checkout: Checkout,
  { side, sha }: { readonly side: Side; readonly sha: string },
  tools: ToolPort,
): Promise<Result<Checkout, string>> {
  const tree = checkout.trees[side]
  await removeTree(tree, REMOVAL_SECONDS)
  const done = await checkOutCommit(checkout.mirrors, { commit: sha, tree }, tools)
  return done.ok ? success({ ...checkout, leftOut: { ...checkout.leftOut, [side]: done.value } }) : done
}
