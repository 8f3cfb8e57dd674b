import type { Limitation } from '../../core/model/report.ts'
import { tokenReadable } from '../../report/limitations/preparing.ts'
import { type Credentials, findCredentials } from '../../shell/git/credentials.ts'
import type { SourceRepository } from '../../shell/git/git.ts'
import type { Ports } from '../../shell/ports/ports.ts'

/** The tokens that git could use on this machine: in the clone's own configuration, and wherever a checkout or the user keeps them. */
export function tokensAround(
  { own, submodules }: SourceRepository,
  { HOME: home, RUNNER_TEMP: temporary }: Readonly<Record<string, string | undefined>>,
): Credentials {
  const gitFolders = [own, ...submodules].map(({ gitFolder }) => gitFolder)
  return findCredentials({ gitFolders, home, temporary })
}

/** Says when one of these files with a token in it can be read where the jobs run; asks a job to be sure. */
export async function tokenInReach(
  { files: holding }: Pick<Credentials, 'files'>,
  { sandbox }: Pick<Ports, 'sandbox'>,
): Promise<readonly Limitation[]> {
  if (holding.length === 0) return []
  const { code } = await sandbox.run({
    argv: ['sh', '-c', 'for at; do test -r "$at" && exit 1; done; exit 0', 'sh', ...holding],
    tree: sandbox.spare,
    env: { PATH: '/usr/bin:/bin' },
    timeoutSeconds: 60,
    literal: true,
  })
  return code === 0 ? [] : [tokenReadable]
}
