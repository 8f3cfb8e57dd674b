import { info, warning } from '@actions/core'
import { sweepJobGroups } from './shell/jobs/cgroups.ts'
import { findHostAccess } from './shell/machine/host-access.ts'
import { recoverThrough } from './shell/machine/recover.ts'
import { sweepAddresses } from './shell/sandbox/close-addresses.ts'
import { sweepWorkFolders } from './shell/work-folder.ts'

/**
 * The step after the job, whatever ended it: puts the machine back and removes what a killed run left. It takes nothing from the job's
 * state, inputs or environment, because code of the pull request may have written there. It never fails the job.
 */
async function main(): Promise<void> {
  const access = findHostAccess()
  const log = { line: info, warn: (text: string) => warning(text) }
  if (access.kind === 'reachable') await recoverThrough(access, log)
  await sweepJobGroups()
  await sweepAddresses()
  await sweepWorkFolders()
}

await main().catch(error => warning(`Perf Verdict could not clean up: ${String(error)}`))
