import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import { isWithin, toolchainFolders } from '../../core/sandbox/toolchains.ts'
import type { SystemFolder } from '../../core/sandbox/view.ts'
import { namesIn } from '../jobs/readings.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What every job sees of the machine, whatever tree it belongs to. */
export interface MachineView {
  readonly system: readonly SystemFolder[]
  readonly readable: readonly string[]
  readonly memoryMegabytes: number
}

const SYSTEM = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/etc',
  '/nix/store',
  '/gnu/store',
]
/** Of the kernel and of the package manager: what builds and runtimes ask about CPUs, caches, counters and packages. */
const READABLE = [
  '/sys/devices',
  '/sys/bus/event_source',
  '/sys/kernel/mm/transparent_hugepage',
  '/var/lib/dpkg',
  '/etc/resolv.conf',
]

/** Reads what the machine has: system folders and links as they are, and of the toolchains only what is in use. */
export function machineView(env: Env, closed: readonly string[]): MachineView {
  const system = SYSTEM.flatMap(systemFolder)
  const folders = READABLE.flatMap(path => {
    const real = realPath(path)
    // What is in a system folder is there already; where a link leads out of them, its target is shown.
    return real === undefined || SYSTEM.some(folder => isWithin(real, folder)) ? [] : [real]
  })
  return {
    system,
    readable: [...folders, ...toolchainsOf(env, closed)],
    memoryMegabytes: Math.max(64, Math.floor(totalmem() / 2 ** 21)),
  }
}

/** Folders with sources that every job may read: the system's but for its settings, and toolchains in use. */
export function quotableFolders(env: Env, closed: readonly string[]): readonly string[] {
  return [...SYSTEM.filter(path => path !== '/etc'), ...toolchainsOf(env, closed)]
}

function toolchainsOf(env: Env, closed: readonly string[]): readonly string[] {
  return toolchainFolders({
    env: { ...env, RUSTUP_HOME: rustupHome(env) },
    namesIn,
    realPath,
    closed: [...closed, ...closedBy(env)],
    system: SYSTEM,
  })
}

/** Folders that hold what is a runner's or its user's own. */
function closedBy(env: Env): readonly string[] {
  const { HOME, RUNNER_TEMP, GITHUB_WORKSPACE, GITHUB_OUTPUT } = env
  const named = [HOME, RUNNER_TEMP, GITHUB_WORKSPACE, GITHUB_OUTPUT && dirname(GITHUB_OUTPUT)]
  return named.flatMap(path => (path?.startsWith('/') ? [...new Set([path, realPath(path) ?? path])] : []))
}

/** Where rustup keeps its toolchains when nobody says where. */
export function rustupHome({ RUSTUP_HOME, HOME }: Env): string | undefined {
  return RUSTUP_HOME ?? (HOME === undefined ? undefined : `${HOME}/.rustup`)
}

function systemFolder(path: string): readonly SystemFolder[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isSymbolicLink()) return [{ path, link: readlinkSync(path) }]
  return found?.isDirectory() ? [{ path }] : []
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Whether a path is there and no folder. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false
}
