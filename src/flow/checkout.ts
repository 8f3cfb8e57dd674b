import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../core/errors.ts'
import { type PerSide, SIDES } from '../core/model.ts'
import { git } from '../shell/git.ts'
import type { ToolPort } from '../shell/world.ts'
import type { History } from './history.ts'

/** Our own clone and the two work trees, at paths of equal length. */
export interface Checkout {
  readonly clone: string
  readonly trees: PerSide<string>
}

/**
 * Lays both sides out below a folder. The clone is bare and new, borrows the user's objects (alternates) and none of the
 * user's configuration, so that no hook, filter or monitor of an earlier job runs.
 */
export async function checkOut(history: History, folder: string, tools: ToolPort): Promise<Checkout> {
  const clone = join(folder, 'clone.git')
  const trees = { base: join(folder, 'base'), head: join(folder, 'head') }
  await must(git(tools, folder, ['init', '--quiet', '--bare', '--template=', clone]), 'our own clone')
  await mkdir(join(clone, 'objects', 'info'), { recursive: true })
  await writeFile(
    join(clone, 'objects', 'info', 'alternates'),
    `${join(history.source.commonFolder, 'objects')}\n`,
  )
  if (history.source.shallow) {
    await cp(join(history.source.commonFolder, 'shallow'), join(clone, 'shallow'))
  }
  for (const side of SIDES) {
    const added = git(tools, clone, [
      'worktree',
      'add',
      '--quiet',
      '--detach',
      trees[side],
      history[side].sha,
    ])
    await must(added, `the ${side} work tree`)
  }
  return { clone, trees }
}

async function must(done: Promise<{ ok: boolean; err: string }>, what: string): Promise<void> {
  const { ok, err } = await done
  if (ok) return
  const missing = /missing|unable to read|bad object|promisor/i.test(err)
  const remedy = missing
    ? 'The clone lacks objects: check out with fetch-depth: 0 and without a filter.'
    : 'See whether the disk is full.'
  throw new InputError([`git could not make ${what}: ${err.split('\n').at(-1)}. ${remedy}`])
}
