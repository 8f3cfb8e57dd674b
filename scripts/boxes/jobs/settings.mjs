import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every setting of this guest that a hold may change, and every other of the kernel's, as it is now. */
const FOLDERS = [
  '/sys/kernel/mm/transparent_hugepage',
  '/sys/kernel/mm/transparent_hugepage/khugepaged',
  '/sys/kernel/mm/ksm',
]
const FILES = [
  '/sys/devices/virtual/workqueue/cpumask',
  '/proc/irq/default_smp_affinity',
  '/sys/fs/cgroup/cgroup.subtree_control',
  '/sys/devices/system/cpu/smt/control',
  '/sys/devices/system/cpu/online',
]
/**
 * What the kernel changes by itself, and what does something when it is read. kernel.watchdog is read like all others: while the detectors
 * are off such a read switches them off for good (proc_watchdog_common in kernel/watchdog.c keeps what it showed), unless what puts back knows.
 */
const MOVING =
  /\/(random|tainted|ns_last_pid|pty|seccomp|perf_cpu_time_max_percent|perf_event_max_sample_rate|pages_|full_scans|stable_node|general_profit|ksm_zero|loadavg|stat_refresh|dentry-state|inode-(nr|state)|file-nr|aio-nr|netfilter|ipfrag_)/

export function readSettings() {
  const listed = FOLDERS.filter(folder => existsSync(folder)).flatMap(folder =>
    readdirSync(folder).map(name => join(folder, name)),
  )
  // Below fs there is a folder that systemd mounts when somebody looks into it.
  const kernel = readdirSync('/proc/sys').flatMap(top =>
    readdirSync(`/proc/sys/${top}`, { recursive: top !== 'fs' }).map(name => join('/proc/sys', top, name)),
  )
  const interrupts = readdirSync('/proc/irq')
    .filter(name => /^\d+$/.test(name))
    .map(name => `/proc/irq/${name}/smp_affinity`)
  const files = [...kernel, ...listed, ...FILES, ...interrupts].filter(path => !MOVING.test(path))
  const settings = Object.fromEntries(files.map(path => [path, readOrCode(path)]))
  const { stdout } = spawnSync('systemctl', ['is-active', 'irqbalance'], { encoding: 'utf8' })
  return { ...settings, irqbalance: stdout?.trim(), groups: groups() }
}

/** Names of the settings that differ, with both values. */
export function changedSince(before, now = readSettings()) {
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...names]
    .filter(name => before[name] !== now[name])
    .map(name => `${name}: ${before[name]} → ${now[name]}`)
}

/** The groups that a hold or a sandbox makes at the root of the tree. */
const groups = () =>
  readdirSync('/sys/fs/cgroup', { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name.startsWith('perf-verdict'))
    .map(({ name }) => name)
    .join(' ')

function readOrCode(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    return error.code
  }
}
