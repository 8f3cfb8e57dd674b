import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCpuTimes, parseMemory, parsePressure, type Vitals } from '../../core/machine/vitals.ts'

/** Reads text under a root folder; undefined where there is none. */
export function readUnder(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

/** The names in a folder under a root folder; none where there is no folder. */
export function listUnder(root: string, path: string): readonly string[] {
  try {
    return readdirSync(join(root, path))
  } catch {
    return []
  }
}

/** One look at what may disturb a measurement. */
export function readVitals(root: string): Vitals {
  const read = (path: string) => readUnder(root, path)
  const load = Number.parseFloat(read('/proc/loadavg') ?? '')
  const throttles = readThrottles(root)
  const clocksource = read('/sys/devices/system/clocksource/clocksource0/current_clocksource')?.trim()
  const memory = parseMemory(read('/proc/meminfo') ?? '')
  return {
    times: parseCpuTimes(read('/proc/stat') ?? ''),
    pressure: readPressure(root),
    onBattery: isOnBattery(root),
    ...(Number.isFinite(load) ? { load } : {}),
    ...(throttles === undefined ? {} : { throttles }),
    ...(clocksource === undefined ? {} : { clocksource }),
    ...(memory === undefined ? {} : { memory }),
  }
}

function readPressure(root: string): Vitals['pressure'] {
  const found = (['cpu', 'memory', 'io'] as const).flatMap(what => {
    const value = parsePressure(readUnder(root, `/proc/pressure/${what}`) ?? '')
    return value === undefined ? [] : [[what, value] as const]
  })
  return Object.fromEntries(found)
}

function readThrottles(root: string): number | undefined {
  const counts = listUnder(root, '/sys/devices/system/cpu').flatMap(cpu => {
    const path = `/sys/devices/system/cpu/${cpu}/thermal_throttle/core_throttle_count`
    const count = /^cpu\d+$/.test(cpu) ? readUnder(root, path) : undefined
    return count === undefined ? [] : [Number(count)]
  })
  return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : undefined
}

/** On battery: there is a mains supply and none is online, or a battery is discharging. */
function isOnBattery(root: string): boolean {
  const supplies = listUnder(root, '/sys/class/power_supply').map(name => {
    const value = (file: string) => readUnder(root, `/sys/class/power_supply/${name}/${file}`)?.trim()
    // Batteries of mice and keyboards have the scope `Device`.
    return { type: value('type'), online: value('online'), status: value('status'), scope: value('scope') }
  })
  const mains = supplies.filter(({ type }) => type === 'Mains')
  const discharging = supplies.some(
    ({ type, status, scope }) => type === 'Battery' && status === 'Discharging' && scope !== 'Device',
  )
  return mains.length > 0 ? mains.every(({ online }) => online === '0') : discharging
}
