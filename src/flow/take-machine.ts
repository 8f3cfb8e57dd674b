import type { HostWorld, LockOutcome } from '../shell/host/world.ts'

/** A waiting job gives up after this long; the action gives up sooner by closing standard input. */
const LONGEST_WAIT_SECONDS = 2 * 60 * 60

/** Takes the machine-wide lock, saying for whom and how long it waits; `busy` when it was given up. */
export async function takeMachine(world: HostWorld): Promise<LockOutcome> {
  const first = world.lock.tryTake()
  if (first.kind !== 'busy') return first
  const started = performance.now()
  const say = () => {
    const seconds = Math.round((performance.now() - started) / 1000)
    // Asked again each time: the one waited for may have gone, and another come first.
    world.control.emit({ event: 'waiting', holder: world.lock.holder() ?? first.holder, seconds })
  }
  say()
  const heartbeat = setInterval(say, 30_000)
  const patience = AbortSignal.timeout(LONGEST_WAIT_SECONDS * 1000)
  try {
    return await world.lock.take(AbortSignal.any([world.control.released, patience]))
  } finally {
    clearInterval(heartbeat)
  }
}
