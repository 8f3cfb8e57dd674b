import * as nodeFs from 'node:fs'
import type { HostEvent } from '../../src/core/tuning/protocol.ts'
import { groupsUnder } from '../../src/shell/host/cpuset.ts'
import { journalUnder } from '../../src/shell/host/journal.ts'
import type {
  ClientPort,
  FileSystem,
  HostPorts,
  LockOutcome,
  Right,
  ServicePort,
} from '../../src/shell/host/ports.ts'
import { servicesUnder } from '../../src/shell/host/services.ts'
import { settingsUnder } from '../../src/shell/host/settings.ts'
import { cgroupFiles } from './cgroup-files.ts'
import type { MortalFiles } from './mortal-files.ts'

export interface TestPorts {
  readonly ports: HostPorts
  readonly events: readonly HostEvent[]
  /** Closes standard input, so to speak. */
  release(): void
}

/** A host process's ports on a fake machine: real files, real journal, a lock that is had at once. Released when ready, unless told to stay. */
export function testPorts(
  root: string,
  options: {
    readonly files?: MortalFiles
    readonly lock?: LockOutcome
    readonly stay?: boolean
    /** Called when the host process says that it is ready. */
    readonly whenReady?: () => void
  } = {},
): TestPorts {
  const { files, lock = { kind: 'held' }, stay = false, whenReady } = options
  const fs = files?.fs ?? cgroupFiles
  const events: HostEvent[] = []
  const release = new AbortController()
  const ports: HostPorts = {
    settings: settingsUnder(root, fs),
    // With files that die, the units are their files without the script in between, for the sake of speed.
    services: files ? unitFiles(root, files.fs) : servicesUnder(root, nodeFs),
    groups: groupsUnder(root, fs, () => {}),
    client: lender(),
    journal: journalUnder(root, fs),
    lock: {
      tryTake: () => lock,
      take: async () => lock,
      holder: () => undefined,
      leave: () => {},
    },
    control: {
      emit: event => {
        events.push(event)
        if (event.event === 'ready') whenReady?.()
        if (event.event === 'ready' && !stay) release.abort()
      },
      released: release.signal,
    },
    standAside: () => {},
    pause: () => {},
    date: () => '2026-01-02T03:04:05.678Z',
    pid: 4711,
    privileged: true,
  }
  return { ports, events, release: () => release.abort() }
}

/** A process that asked, and can be lent everything. */
export function lender(refuses?: string): ClientPort & { readonly lent: Map<Right, number> } {
  const lent = new Map<Right, number>()
  return {
    lent,
    value: () => '0',
    isRoot: () => true,
    lend: (right, value) => {
      if (refuses !== undefined) return refuses
      lent.set(right, value)
      return undefined
    },
    takeBack: () => lent.clear(),
  }
}

function unitFiles(root: string, fs: FileSystem): ServicePort {
  const settings = settingsUnder(root, fs)
  return {
    state: name => {
      const read = settings.read(`/units/${name}`)
      return !read.ok ? 'absent' : read.value.startsWith('active') ? 'active' : 'inactive'
    },
    stop: name => settings.write(`/units/${name}`, 'inactive'),
    start: name => settings.write(`/units/${name}`, 'active'),
  }
}
