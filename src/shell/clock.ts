import type { ClockPort } from './ports/world.ts'

export const clock: ClockPort = {
  now: () => Number(process.hrtime.bigint()) / 1e9,
  date: () => new Date().toISOString(),
}
