import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GateContext } from '../run/gate-context.ts'
import type { Mirror } from '../trees/mirror.ts'

// The first word of git that needs an object, and a look at every folder of objects that our clones borrow from.
const READS =
  'git cat-file -e "HEAD^{tree}" || exit; for at; do test -r "$at" && test -x "$at" || exit 1; done'
const NO_GIT = 127

/**
 * Sees to it that git works for the jobs: where they cannot read the objects that our clone borrows (the user's are in a
 * folder that is closed to others, and there are no namespaces to show them in), it gets copies of its own.
 */
export async function lendObjects(
  context: Pick<GateContext, 'checkout' | 'env' | 'ports'>,
): Promise<'borrowed' | 'copied' | 'nothing'> {
  const { checkout, env, ports } = context
  const all = [checkout.mirrors.own, ...checkout.mirrors.submodules]
  const mirrors: Mirror[] = []
  for (const mirror of all) if (await borrows(mirror)) mirrors.push(mirror)
  if (mirrors.length === 0) return 'copied'
  const folders = mirrors.flatMap(({ borrowed }) => borrowed)
  const { code } = await ports.sandbox.run({
    argv: ['sh', '-c', READS, 'sh', ...folders],
    tree: checkout.trees.base,
    env: env.base,
    timeoutSeconds: 60,
    literal: true,
  })
  if (code === 0) return 'borrowed'
  if (code === NO_GIT) return 'nothing'
  ports.log.line('git in builds: the jobs cannot read the objects of the clone, so they are copied')
  for (const mirror of mirrors) await copyObjects(mirror, ports)
  return 'copied'
}

const alternatesOf = ({ folder }: Mirror) => join(folder, 'objects', 'info', 'alternates')

/** Whether it has no copies yet, of an earlier gate in the same run. */
async function borrows(mirror: Mirror): Promise<boolean> {
  return (await readFile(alternatesOf(mirror), 'utf8')) !== ''
}

async function copyObjects(mirror: Mirror, { tools }: GateContext['ports']): Promise<void> {
  const { folder, of } = mirror
  const objects = join(folder, 'objects')
  for (const from of of.objects) {
    const args = ['--recursive', '--reflink=auto', '--no-clobber', '--', `${from}/.`, objects]
    await tools.run({ file: 'cp', args })
  }
  await writeFile(alternatesOf(mirror), '')
  await tools.run({ file: 'chmod', args: ['--recursive', 'a+rX', folder] })
}
