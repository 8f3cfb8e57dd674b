import { expect, test } from '@jest/globals'
import { endedByTheClock, sameTimeOtherValue } from '../../../src/core/counters/bounded-by-time.ts'

test.each([
  { native: 0.3, simulated: 0.9, ended: true },
  { native: 1, simulated: 2.1, ended: true },
  { native: 0.3, simulated: 15, ended: false },
  { native: 0.05, simulated: 2.6, ended: false },
  // Too short to tell.
  { native: 0.01, simulated: 0.6, ended: false },
])('$native s of CPU time are $simulated s under simulation: by the clock $ended', each => {
  expect(endedByTheClock(each.native, each.simulated)).toBe(each.ended)
})

test.each([
  { value: 1.5, time: 1.01, same: true },
  { value: 0.6, time: 0.99, same: true },
  { value: 1.5, time: 1.5, same: false },
  { value: 1.5, time: 1.2, same: false },
  // No change to speak of.
  { value: 1.02, time: 1, same: false },
])('a value that changed by $value in $time of the time: bounded by time $same', each => {
  expect(sameTimeOtherValue(each.value, each.time)).toBe(each.same)
})
