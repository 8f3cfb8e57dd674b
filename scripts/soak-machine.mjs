import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The host process on this very machine, as root: holds, is killed in different ways a hundred times, and must leave every
 * setting of the kernel as it was. Skipped without root.
 */
const ROUNDS = 100
const FILES = [
  '/sys/kernel/mm/transparent_hugepage/enabled',
  '/sys/kernel/mm/transparent_hugepage/khugepaged/defrag',
  '/sys/kernel/mm/ksm/run',
  '/proc/sys/vm/swappiness',
  '/proc/sys/vm/stat_interval',
  '/proc/sys/vm/compaction_proactiveness',
  '/proc/sys/kernel/numa_balancing',
  '/proc/sys/kernel/randomize_va_space',
  '/proc/sys/kernel/watchdog',
  '/proc/sys/kernel/nmi_watchdog',
  '/proc/sys/kernel/soft_watchdog',
  '/proc/sys/kernel/perf_event_max_sample_rate',
  '/proc/sys/kernel/perf_event_paranoid',
  '/proc/irq/default_smp_affinity',
  '/sys/devices/virtual/workqueue/cpumask',
  '/sys/devices/system/cpu/intel_pstate/no_turbo',
  '/sys/devices/system/cpu/intel_pstate/min_perf_pct',
  '/sys/devices/system/cpu/cpufreq/boost',
]

if (process.geteuid() !== 0) {
  console.log('machine: skipped, because changing the settings of this machine needs root')
  process.exit(0)
}

const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-soak-'))
const host = join(folder, 'host.js')
spawnSync(process.execPath, ['__tests__/doubles/bundle-entries.mjs', folder, 'src/host.ts'], {
  stdio: 'inherit',
})

function read(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    return error.code
  }
}

function snapshot() {
  const irqs = readdirSync('/proc/irq')
    .filter(name => /^\d+$/.test(name))
    .map(irq => `/proc/irq/${irq}/smp_affinity_list`)
  const policies = readdirSync('/sys/devices/system/cpu/cpufreq', { withFileTypes: true }).flatMap(
    ({ name }) =>
      ['scaling_governor', 'scaling_min_freq', 'boost'].map(
        file => `/sys/devices/system/cpu/cpufreq/${name}/${file}`,
      ),
  )
  return Object.fromEntries([...FILES, ...irqs, ...policies].map(path => [path, read(path)]))
}

function difference(before, after) {
  return Object.keys(before).filter(path => before[path] !== after[path])
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
const latency = () => new Int32Array(new Uint8Array(readFileSync('/dev/cpu_dma_latency')).buffer)[0]

/** Holds the machine and ends the holder in one of four ways. */
async function round(how) {
  const child = spawn(process.execPath, [host, 'hold', 'auto'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => child.on('close', resolve))
  if (how === 'at random') {
    await pause(40 + Math.random() * 120)
    child.kill('SIGKILL')
    await ended
    return 0
  }
  await new Promise(resolve => child.stdout.once('data', resolve))
  const changed = difference(original, snapshot()).length
  if (how === 'standard input') child.stdin.end()
  else child.kill(how)
  await ended
  return changed
}

const original = snapshot()
const tally = {}
let changed = 0
let leftover = []
for (let at = 0; at < ROUNDS && leftover.length === 0; at++) {
  const how = ['standard input', 'SIGTERM', 'SIGKILL', 'at random'][at % 4]
  changed = Math.max(changed, await round(how))
  if (how === 'SIGKILL' || how === 'at random') spawnSync(process.execPath, [host, 'recover'])
  leftover = difference(original, snapshot())
  tally[how] = (tally[how] ?? 0) + 1
}

// The device that heals itself, with a real kernel behind it.
const found = latency()
const script = `
  const { openSync, writeSync } = require('node:fs')
  writeSync(openSync('/dev/cpu_dma_latency', 'w'), Int32Array.of(7))
  console.log('held'); setInterval(() => {}, 1000)`
const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
await new Promise(resolve => holder.stdout.once('data', resolve))
const held = latency()
holder.kill('SIGKILL')
await new Promise(resolve => holder.on('close', resolve))
const healed = latency()
rmSync(folder, { recursive: true })

console.log(
  `machine: ${JSON.stringify(tally)} holds of this machine, up to ${changed} files changed, ${leftover.length} left changed ${leftover.join(' ')}`,
)
console.log(
  `machine: /dev/cpu_dma_latency was ${found}, held ${held}, and ${healed} after its holder was killed`,
)
process.exit(leftover.length === 0 && changed > 0 && held === 7 && healed === found ? 0 : 1)
