import { join } from 'node:path'
import type { Limitation } from '../../core/model/report.ts'
import { git, type SourceRepository } from '../../shell/git/git.ts'
import type { World } from '../../shell/ports/world.ts'

const LIMITATION: Limitation = {
  what: "Code of the pull request could read a token in the clone's git configuration, because this isolation level hides no files.",
  instead:
    'Check out with persist-credentials: false, or run where the gate may make namespaces (see SECURITY.md).',
}

/** Says when a token that a checkout left in the clone's configuration can be read where the jobs run; asks a job to be sure. */
export async function tokenInReach(
  { own, submodules }: SourceRepository,
  { sandbox, tools }: Pick<World, 'sandbox' | 'tools'>,
): Promise<readonly Limitation[]> {
  const configs = [own, ...submodules].map(({ gitFolder }) => join(gitFolder, 'config'))
  const holding: string[] = []
  for (const config of configs) {
    // Without values: nothing of a token goes through our hands.
    const header = ['config', '--file', config, '--name-only', '--get-regexp', '\\.extraheader$']
    if ((await git(tools, '/', header)).ok) holding.push(config)
  }
  if (holding.length === 0) return []
  const { code } = await sandbox.run({
    argv: ['sh', '-c', 'for at; do test -r "$at" && exit 1; done; exit 0', 'sh', ...holding],
    tree: sandbox.spare,
    env: { PATH: '/usr/bin:/bin' },
    timeoutSeconds: 60,
  })
  return code === 0 ? [] : [LIMITATION]
}
