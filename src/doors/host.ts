import { hostCommand } from '../flow/host/command.ts'
import { openHostWorld } from '../shell/host/open.ts'
import { findHostScript } from '../shell/machine/host-access.ts'

/** `perf-verdict host …` on this machine, whichever door it came by; yields the exit code. */
export function runHost(args: readonly string[]): Promise<number> {
  const { SUDO_USER } = process.env
  const script = findHostScript()
  const program = {
    node: process.execPath,
    say: (text: string) => process.stdout.write(text),
    ...(script === undefined ? {} : { script }),
    ...(SUDO_USER === undefined || SUDO_USER === '' ? {} : { sudoUser: SUDO_USER }),
  }
  return hostCommand(args, program, openHostWorld('/'))
}
