import type { LogPort } from '../ports/ports.ts'
import type { HostAccess } from './host-access.ts'
import { startHost } from './host-session.ts'

const PATIENCE_SECONDS = 120

/** Restores whatever a killed run left, saying what was found; false when something is still not as it was. */
export async function recoverThrough(access: HostAccess, log: Pick<LogPort, 'warn'>): Promise<boolean> {
  // Who cannot start it could not have tuned either.
  if (access.kind === 'unreachable') return true
  const session = startHost(access, ['recover', '--json'])
  const event = await session.next(PATIENCE_SECONDS)
  session.close()
  if (event.event !== 'recovered') {
    session.abandon()
    log.warn('The host process could not be asked to put settings back; run: perf-verdict host recover.')
    return false
  }
  await session.next(PATIENCE_SECONDS)
  session.abandon()
  if (event.outcome !== 'held') for (const note of event.notes) log.warn(note)
  return event.outcome !== 'blocked'
}
