import { describe, expect, test } from '@jest/globals'
import { eventGroups, groupsApart, MOST_HARDWARE_EVENTS } from '../../../src/core/counters/groups.ts'
import { countsOfRuns, hasInstructions, type PerfRun } from '../../../src/core/counters/perf-counts.ts'
import {
  faultOfClock,
  faultOfCount,
  faultOfProbe,
  faultOfSchedulerEvent,
} from '../../../src/core/counters/perf-probe.ts'
import { readPerfStat } from '../../../src/core/counters/perf-stat.ts'
import { HARDWARE_ROLES, type Role, SOFTWARE_ROLES } from '../../../src/core/counters/roles.ts'
import { largestSpread } from '../../../src/core/counters/spread.ts'
import { recorded, recordedCases } from '../../doubles/recorded.ts'

const chosen = (roles: readonly Role[]) => roles.map(role => ({ role, specification: `${role}:u` }))
const HARDWARE = chosen(HARDWARE_ROLES)
const SOFTWARE = chosen(SOFTWARE_ROLES)
const rolesOf = (group: readonly { readonly role: Role }[]) => group.map(({ role }) => role)

describe('groups', () => {
  test('every event is counted, at most four of hardware at once, each with instructions and the task clock', () => {
    const groups = eventGroups(HARDWARE, SOFTWARE)
    expect(new Set(groups.flatMap(rolesOf))).toEqual(new Set([...HARDWARE_ROLES, ...SOFTWARE_ROLES]))
    for (const group of groups.map(rolesOf)) {
      const hardware = group.filter(role => HARDWARE_ROLES.some(known => known === role))
      expect(hardware.length).toBeLessThanOrEqual(MOST_HARDWARE_EVENTS)
      expect(group).toContain('instructions')
      expect(group).toContain('task-clock')
    }
  })

  test('a group that would only repeat instructions and cycles is not run', () => {
    const few = chosen(['instructions', 'cycles', 'branches', 'branch-misses'])
    expect(eventGroups(few, SOFTWARE).map(rolesOf)).toEqual([[...SOFTWARE_ROLES, ...rolesOf(few)]])
    expect(eventGroups(chosen(['instructions', 'cycles']), SOFTWARE)).toHaveLength(1)
  })

  test('without a PMU there is one run, of the kernel’s own events', () => {
    expect(eventGroups([], SOFTWARE).map(rolesOf)).toEqual([[...SOFTWARE_ROLES]])
    expect(eventGroups([], [])).toEqual([])
  })

  test('an event that found no counter gets a run with instructions only', () => {
    const [failed] = chosen(['icache-misses'])
    expect(groupsApart([failed!], HARDWARE, SOFTWARE).map(rolesOf)).toEqual([
      ['task-clock', 'instructions', 'icache-misses'],
    ])
  })
})

describe('what is accepted', () => {
  const faults = (line: string) => {
    const output = readPerfStat(line)
    return [faultOfCount('cycles:u', output), faultOfProbe('cycles:u', output)]
  }
  test.each([
    ['a count', '100;;cycles:u;1000;100.00;;', undefined, undefined],
    ['a count without the modifier', '100;;cycles;1000;100.00;;', undefined, undefined],
    [
      '99 % of the time, which perf prints for up to 99.99',
      '100;;cycles:u;1000;99.00;;',
      undefined,
      undefined,
    ],
    ['shared', '100;;cycles:u;1000;98.00;;', /98 %/, /98 %/],
    ['zero: an answer in a run, none on a busy loop', '0;;cycles:u;1000;100.00;;', undefined, /busy loop/],
    ['not supported', '<not supported>;;cycles:u;0;100.00;;', /support/, /support/],
    ['not counted', '<not counted>;;cycles:u;0;0.00;;', /never got/, /never got/],
    ['missing', '5;;instructions:u;1000;100.00;;', /left it out/, /left it out/],
  ])('%s', (_name, line, inRun, inProbe) => {
    const [run, probe] = faults(line)
    if (inRun) expect(run).toMatch(inRun)
    else expect(run).toBeUndefined()
    if (inProbe) expect(probe).toMatch(inProbe)
    else expect(probe).toBeUndefined()
  })

  test('an event that perf 6.12 dropped because it was zero is missing, not zero', () => {
    const output = readPerfStat(recordedCases('perf-stat/perf-612.txt').get('csv_tool')!, ',')
    expect(faultOfCount('user_time', output)).toBeUndefined()
    expect(faultOfCount('system_time', output)).toMatch(/left it out/)
  })

  test('events of the scheduler without the kernel are always 0 and no answer', () => {
    const line = (event: string) => readPerfStat(`0;;${event};1000;100.00;;`)
    expect(faultOfSchedulerEvent('context-switches', line('context-switches:u'))).toMatch(/always 0/)
    expect(faultOfSchedulerEvent('context-switches', line('context-switches'))).toBeUndefined()
  })

  test('a clock that no processor runs at is no cycle count', () => {
    expect(faultOfClock(3.2e9, 1)).toBeUndefined()
    expect(faultOfClock(3e6, 1)).toMatch(/GHz/)
    expect(faultOfClock(1e12, 1)).toMatch(/GHz/)
    expect(faultOfClock(1e9, 0)).toMatch(/GHz/)
  })
})

describe('counts of runs', () => {
  const run = (side: 'base' | 'head', roles: readonly Role[], text: string): PerfRun => ({
    side,
    events: chosen(roles),
    output: readPerfStat(text),
  })
  const line = (role: Role, value: number | string, percent = 100) =>
    `${value};;${role}:u;1000;${percent}.00;;\n`

  test('each role is the median of its runs, and instructions keep every repeat', () => {
    const roles: Role[] = ['instructions', 'cycles']
    const of = (side: 'base' | 'head', instructions: number, cycles: number) =>
      run(side, roles, line('instructions', instructions) + line('cycles', cycles))
    const counted = countsOfRuns([
      of('base', 100, 50),
      of('head', 101, 90),
      of('base', 104, 52),
      of('head', 103, 80),
      of('base', 102, 99),
      of('head', 102, 85),
    ])
    expect(counted.counts).toEqual({
      base: { instructions: 102, cycles: 52 },
      head: { instructions: 102, cycles: 85 },
    })
    expect(counted.instructions).toEqual({ base: [100, 104, 102], head: [101, 103, 102] })
    expect(largestSpread(counted.instructions)).toBeCloseTo(4 / 102)
    expect(hasInstructions(counted)).toBe(true)
  })

  test('a role that failed in one run of one side is left out on both, with the reason', () => {
    const counted = countsOfRuns([
      run('base', ['instructions', 'branches'], line('instructions', 7) + line('branches', 3)),
      run('head', ['instructions', 'branches'], line('instructions', 7) + line('branches', 3, 62)),
    ])
    expect(counted.counts).toEqual({ base: { instructions: 7 }, head: { instructions: 7 } })
    expect(counted.dropped).toEqual([
      { role: 'branches', specification: 'branches:u', why: expect.stringMatching(/62 %/) },
    ])
  })

  test('a virtual PMU that counts nothing has no instructions', () => {
    const zeros = (side: 'base' | 'head') => run(side, ['instructions'], line('instructions', 0))
    expect(hasInstructions(countsOfRuns([zeros('base'), zeros('head')]))).toBe(false)
    expect(hasInstructions(countsOfRuns([]))).toBe(false)
  })

  test('the task clock is in seconds whatever unit perf gives', () => {
    const clock = (side: 'base' | 'head', text: string) => run(side, ['task-clock'], text)
    const { counts } = countsOfRuns([
      clock('base', '4563.81;msec;task-clock:u;4563812345;100.00;;'),
      clock('head', '7263812345;ns;task-clock:u;7263812345;100.00;;'),
    ])
    expect(counts.base.taskClockSeconds).toBeCloseTo(4.56381)
    expect(counts.head.taskClockSeconds).toBeCloseTo(7.26381)
  })

  test('the figures of the 2016 story come out as they were published', () => {
    const events = [
      { role: 'instructions', specification: 'instructions:u' },
      { role: 'cycles', specification: 'cycles:u' },
      { role: 'icache-loads', specification: 'L1-icache-loads:u' },
      { role: 'icache-misses', specification: 'L1-icache-load-misses:u' },
      { role: 'front-end-stalls', specification: 'stalled-cycles-frontend:u' },
    ] as const
    const { counts, dropped } = countsOfRuns([
      { side: 'base', events, output: readPerfStat(recorded('perf-stat/story-fast.csv')) },
      { side: 'head', events, output: readPerfStat(recorded('perf-stat/story-slow.csv')) },
    ])
    expect(dropped).toEqual([])
    expect(counts.head.icacheMisses! / counts.base.icacheMisses!).toBeCloseTo(77.7, 1)
    expect(counts.base.instructions! / counts.base.cycles!).toBeCloseTo(2.31, 2)
    expect(counts.head.instructions! / counts.head.cycles!).toBeCloseTo(1.45, 2)
    expect(counts.head.frontEndStalls! / counts.head.cycles!).toBeCloseTo(0.4107, 4)
  })
})

test('the spread is that of the side that spreads more, and unknown without repeats', () => {
  expect(largestSpread({ base: [100, 100], head: [100, 110, 105] })).toBeCloseTo(10 / 105)
  expect(largestSpread({ base: [100, 100], head: [7] })).toBe(0)
  expect(largestSpread({ base: [1], head: [] })).toBeUndefined()
})
