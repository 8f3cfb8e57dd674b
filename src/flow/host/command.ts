import { type HostRequest, readArguments } from '../../core/tuning/host-arguments.ts'
import type { HostEvent } from '../../core/tuning/protocol.ts'
import {
  heldBy,
  installText,
  NOTHING_LEFT,
  needsRoot,
  noLock,
  SCRIPT_MISSING,
  uninstallText,
} from '../../report/terminal/host-process.ts'
import { install, uninstall } from '../../shell/host/install.ts'
import type { HostPorts } from '../../shell/host/ports.ts'
import { EXIT, hold } from './hold.ts'
import { recover } from './recover.ts'
import { describeStatus } from './status.ts'

/** What the command needs to know of its own process. */
export interface HostProgram {
  /** The path of the host script that would be installed, unless the distribution lacks it. */
  readonly script?: string
  /** The path of node. */
  readonly node: string
  /** The user that sudo says it works for. */
  readonly sudoUser?: string
  say(text: string): void
}

/** The whole of `perf-verdict host …`; returns the exit code. */
export async function hostCommand(
  args: readonly string[],
  program: HostProgram,
  ports: HostPorts,
): Promise<number> {
  const read = readArguments(args, program)
  if (!read.ok) return refuse(read.fault, args, ports)
  const request = read.value
  if (request.verb === 'status') {
    program.say(describeStatus(ports))
    return EXIT.well
  }
  if (!ports.privileged && !('prefix' in request && request.prefix !== '/')) {
    return refuse([needsRoot(request.verb)], args, ports)
  }
  return carryOut(request, program, ports)
}

async function carryOut(
  request: Exclude<HostRequest, { verb: 'status' }>,
  program: HostProgram,
  ports: HostPorts,
): Promise<number> {
  switch (request.verb) {
    case 'hold':
      return hold(request.profile, ports, request.cpus)
    case 'recover': {
      const event = recoverAlone(ports)
      program.say(request.json ? `${JSON.stringify(event)}\n` : describeRecovery(event))
      return event.outcome === 'blocked' ? EXIT.leftover : EXIT.well
    }
    case 'install': {
      const { prefix, user } = request
      const { script, node } = program
      if (script === undefined) {
        return refuse([SCRIPT_MISSING], [], ports)
      }
      const report = install({ prefix, user, program: script, node })
      program.say(installText(report, user))
      return report.troubles.length > 0 ? EXIT.leftover : EXIT.well
    }
    case 'uninstall': {
      const recovered = request.prefix === '/' ? recoverAlone(ports) : undefined
      if (recovered?.outcome === 'held' || recovered?.outcome === 'blocked') {
        program.say(describeRecovery(recovered))
        return EXIT.busy
      }
      const report = uninstall(request.prefix)
      program.say(uninstallText(report))
      return report.troubles.length > 0 ? EXIT.leftover : EXIT.well
    }
  }
}

type Recovered = Extract<HostEvent, { event: 'recovered' }>

/** Recovers under the lock; a machine that is held needs no recovery, because its holder recovered before it tuned. */
function recoverAlone(ports: HostPorts): Recovered {
  const lock = ports.lock.tryTake()
  switch (lock.kind) {
    case 'busy':
      return { event: 'recovered', outcome: 'held', notes: [heldBy(lock.holder)] }
    case 'unavailable':
      return { event: 'recovered', outcome: 'blocked', notes: [noLock(lock.why)] }
    case 'held': {
      const recovery = recover(ports)
      ports.lock.leave()
      return { event: 'recovered', ...recovery }
    }
  }
}

function describeRecovery({ outcome, notes }: Recovered): string {
  const said = outcome === 'nothing' && notes.length === 0 ? [NOTHING_LEFT] : notes
  return said.map(note => `${note}\n`).join('')
}

/** A job reads JSON from `hold`; a person reads sentences. */
function refuse(faults: readonly string[], args: readonly string[], ports: HostPorts): number {
  if (args[0] === 'hold') ports.control.emit({ event: 'refused', reason: 'input', faults })
  process.stderr.write(faults.map(fault => `perf-verdict: ${fault}\n`).join(''))
  return EXIT.refused
}
