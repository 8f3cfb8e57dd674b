import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { openPhases } from '../../../src/shell/runner/phases.ts'

function logged() {
  const lines: string[] = []
  let seconds = 0
  const out = {
    open: (title: string) => void lines.push(`[ ${title}`),
    close: () => void lines.push(']'),
    line: (text: string) => void lines.push(text),
  }
  const phases = openPhases(out, { now: () => seconds })
  const pass = async (by: number) => {
    for (let second = 0; second < by; second++) {
      seconds += 1
      await jest.advanceTimersByTimeAsync(1000)
    }
  }
  return { lines, phases, pass }
}

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

test('a phase is a group that says when it began and how long it took', async () => {
  const { lines, phases, pass } = logged()
  await pass(3)
  await phases.group('Prepare', async () => await pass(2))
  expect(lines).toEqual(['[ Prepare (after 3.0 s)', 'Prepare took 2.0 s', ']'])
})

test('a phase within a phase is a line of it, and a failing one is closed', async () => {
  const { lines, phases } = logged()
  const work = phases.group('Explain', async () => {
    await phases.group('Trial', async () => await Promise.reject(new Error('x')))
  })
  await expect(work).rejects.toThrow('x')
  expect(lines).toEqual(['[ Explain (after 0.0 s)', 'Trial:', 'Trial took 0.0 s', 'Explain took 0.0 s', ']'])
})

test('no ten seconds pass without a word, which says what is done and what is left', async () => {
  const { lines, phases, pass } = logged()
  await phases.group('Build both sides', async () => {
    phases.doing?.('building base', 1800)
    await pass(25)
    phases.spoke()
    await pass(8)
  })
  const beats = lines.filter(line => line.startsWith('still'))
  expect(beats).toEqual([
    'still at it: building base (9.0 s so far, at most 29 min 51 s left)',
    'still at it: building base (18 s so far, at most 29 min 42 s left)',
  ])
})
