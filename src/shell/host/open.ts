import { spawnSync } from 'node:child_process'
import * as nodeFs from 'node:fs'
import { writeSync } from 'node:fs'
import { clientOf } from './client.ts'
import { groupsUnder } from './cpuset.ts'
import { journalUnder } from './journal.ts'
import { lockUnder } from './lock.ts'
import type { ControlPort, FileSystem, HostPorts } from './ports.ts'
import { servicesUnder } from './services.ts'
import { settingsUnder } from './settings.ts'

/** The host process's ports under a root folder. The installed entry passes `/` and nothing else: no caller can choose it. */
export function openHostPorts(root: string, fs: FileSystem = nodeFs): HostPorts {
  const settings = settingsUnder(root, fs)
  const pause = (milliseconds: number) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
  }
  let control: ControlPort | undefined
  return {
    settings,
    services: servicesUnder(root, fs),
    groups: groupsUnder(root, fs, pause),
    client: clientOf(settings),
    journal: journalUnder(root, fs),
    lock: lockUnder(root, fs),
    // Only once somebody asks: listening keeps a process alive, and only a hold is to be kept.
    get control() {
      control ??= standardControl()
      return control
    },
    standAside: others => {
      // Both belong to this process and end with it; where they fail, nothing is lost but a little quiet.
      settings.write('/proc/self/oom_score_adj', '-500')
      spawnSync('/usr/bin/taskset', ['--all-tasks', '--cpu-list', '--pid', others, `${process.pid}`], {
        stdio: 'ignore',
        env: {},
      })
    },
    pause,
    date: () => new Date().toISOString(),
    pid: process.pid,
    privileged: root !== '/' || process.geteuid?.() === 0,
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Speaks on standard output; released when standard input ends or breaks, or when a signal asks to end. */
function standardControl(): ControlPort {
  const release = new AbortController()
  const end = () => {
    release.abort()
    // An open terminal would keep a process alive that has nothing more to do.
    process.stdin.pause()
  }
  for (const signal of SIGNALS) process.on(signal, end)
  for (const event of ['end', 'close', 'error']) process.stdin.on(event, end)
  process.stdin.resume()
  return {
    released: release.signal,
    emit: event => {
      try {
        writeSync(1, `${JSON.stringify(event)}\n`)
      } catch {
        // The caller is gone; its settings are restored all the same.
      }
    },
  }
}
