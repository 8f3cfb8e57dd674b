import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import type { FileSystem, ServicePort, ServiceState } from './ports.ts'

/** Units of systemd through systemctl(1) under a root folder; every unit is absent where systemd did not boot the machine. */
export function servicesUnder(root: string, fs: FileSystem): ServicePort {
  const systemctl = posix.join(root, '/usr/bin/systemctl')
  // How sd_booted(3) tells.
  const booted = () => fs.existsSync(posix.join(root, '/run/systemd/system')) && fs.existsSync(systemctl)
  const ask = (args: readonly string[]) =>
    spawnSync(systemctl, args, {
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    })
  const order = (verb: 'stop' | 'start', name: string): string | undefined => {
    const { status, stderr } = ask([verb, `${name}.service`])
    return status === 0 ? undefined : stderr.trim().split('\n')[0] || `systemctl ${verb} failed`
  }
  return {
    state: name =>
      booted() ? readState(ask(['show', '--property=LoadState,ActiveState', `${name}.service`])) : 'absent',
    stop: name => order('stop', name),
    start: name => order('start', name),
  }
}

function readState({ status, stdout }: { status: number | null; stdout: string }): ServiceState {
  const value = (property: string) => new RegExp(`^${property}=(.*)$`, 'm').exec(stdout)?.[1]
  const load = value('LoadState')
  if (status !== 0 || load === undefined || load === 'not-found') return 'absent'
  const active = ['active', 'activating', 'reloading'].includes(value('ActiveState') ?? '')
  if (load === 'masked' && !active) return 'masked'
  return active ? 'active' : 'inactive'
}
