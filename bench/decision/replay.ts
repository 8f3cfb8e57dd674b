import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Round } from '../../src/core/decision/rounds.ts'
import { median } from '../../src/core/statistics/median.ts'
import type { Ended } from '../today/gate.ts'
import { gateOfToday, type RoundOfThree } from '../today/gate.ts'
import { cell, gateOfNow, say, type Tally, tallyOf, target } from './gates.ts'

/**
 * A recording holds a line a round: wall and CPU seconds of base, of its second copy, and of heads that do 0, 2, 5 and 8 % more work,
 * each on fresh pages and in random order, and the first part of the order. Further columns are ignored.
 */
const HEADS = [
  { what: '+0 %', column: 2 },
  { what: '+2 %', column: 3 },
  { what: '+5 %', column: 4 },
  { what: '+8 %', column: 5 },
]
const EQUAL = 2
const SLOWEST = 5
const CLOCKS = ['wall time', 'CPU time'] as const
const MOST_RUNS = 180

/** The recordings of a folder, by the name of their program. */
export function recordingsIn(folder: string): ReadonlyMap<string, Lines> {
  const files = readdirSync(folder).filter(file => /\.(?:txt|fifo)$/.test(file))
  if (files.length === 0) throw new Error(`${folder} holds no recordings.`)
  return new Map(files.map(file => [file.replace(/\.\w+$/, ''), read(join(folder, file))]))
}

/** A replayed row: all recorded programs, each started at every tenth of its rounds. */
export function replay(folder: string): void {
  const recordings = [...recordingsIn(folder).values()]
  say(
    `\nRecorded rounds of ${recordings.length} programs, threshold 5 %, at most ${MOST_RUNS} runs: % slower / not slower / undecided · runs`,
  )
  const found = new Map<string, Tally>()
  for (const [clock, name] of CLOCKS.entries())
    for (const { what, column } of HEADS) {
      const today = tallyOf(gatesOver(recordings, lines => judgedToday(lines, clock, column)))
      const now = tallyOf(gatesOver(recordings, lines => judgedNow(lines, clock, column)))
      const far = tallyOf(gatesOver(recordings, lines => judgedStretched(lines, clock, column)))
      say(
        `  ${name}, head ${what}: before ${cell(today)} | now ${cell(now)} | now, a round stretched over three ${cell(far)}`,
      )
      found.set(`${name} ${what}`, now)
    }
  const above = recordings.filter(lines => shownBy(lines, 1, SLOWEST) > 1 + TERMS.mark.threshold)
  const slowGates = tallyOf(gatesOver(above, lines => judgedNow(lines, 1, SLOWEST)))
  say(
    `  in ${recordings.length - above.length} of the recordings the CPU time of head +8 % is itself not above the mark (median of the ratios); of the others ${slowGates.slower.toFixed(0)} % are found`,
  )
  const [even, slow] = [found.get('CPU time +0 %')!, found.get('CPU time +8 %')!]
  target(
    `equal builds cleared by CPU time in at least 95 %: ${even.notSlower.toFixed(0)} % (by wall time ${found.get('wall time +0 %')!.notSlower.toFixed(0)} %)`,
    even.notSlower >= 95,
  )
  target(
    `+8 % found by CPU time in at least 70 %: ${slow.slower.toFixed(0)} % (where it is above the mark ${slowGates.slower.toFixed(0)} %)`,
    slow.slower >= 70,
  )
  target(
    `nothing wrong: ${even.slower.toFixed(1)} % false breaches, ${slow.notSlower.toFixed(1)} % false passes`,
    even.slower === 0 && slow.notSlower === 0,
  )
}

/** The median ratio that a recording itself shows for a head. */
function shownBy(lines: Lines, clock: number, column: number): number {
  return median(lines.map(line => line[2 * column + clock]! / line[clock]!))
}

export type Lines = readonly (readonly number[])[]

function read(file: string): Lines {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => line.trim().split(/\s+/).map(Number))
}

const TERMS = {
  mark: { threshold: 0.05, better: 'lower' as const },
  alpha: 0.01,
  rows: 1,
  maxRuns: MOST_RUNS,
}

function gatesOver(recordings: readonly Lines[], judge: (lines: Lines) => Ended): readonly Ended[] {
  return recordings.flatMap(lines => startsOf(lines).map(judge))
}

/** A recording begun at every tenth of its rounds; what is left out follows at the end. */
export function startsOf(lines: Lines): readonly Lines[] {
  return Array.from({ length: Math.floor(lines.length / 10) }, (_, at) => [
    ...lines.slice(10 * at),
    ...lines.slice(0, 10 * at),
  ])
}

function judgedToday(lines: Lines, clock: number, column: number): Ended {
  const rounds = lines.map((line): RoundOfThree => {
    const of = (part: number) => line[2 * part + clock]!
    return { base: of(0), control: of(1), head: of(column) }
  })
  return gateOfToday(rounds.values(), TERMS)
}

/**
 * Makes a round of the gate of the six runs of one recorded round: as its three heads the one in question and two others, scaled by the ratio
 * that the whole recording shows between them; as its three bases base, its second copy and the remaining head, scaled likewise.
 */
export function judgedNow(lines: Lines, clock: number, column: number): Ended {
  const shown = new Map(HEADS.map(head => [head.column, shownBy(lines, clock, head.column)]))
  const spare = column === EQUAL ? SLOWEST : EQUAL
  const heads = [...shown.keys()].filter(other => other !== spare)
  const rounds = lines.map((line): Round => {
    const of = (part: number) => line[2 * part + clock]!
    return {
      base: [of(0), of(spare) / shown.get(spare)!],
      control: [of(1)],
      head: heads.map(other => (of(other) * shown.get(column)!) / shown.get(other)!),
    }
  })
  return gateOfNow(rounds.values(), TERMS)
}

/** Three recorded rounds make one of six runs, with three times as long for the machine to wander within it; what is not needed is left out. */
export function judgedStretched(lines: Lines, clock: number, column: number): Ended {
  const rounds = Array.from({ length: Math.floor(lines.length / 3) }, (_, at): Round => {
    const of = (line: number, part: number) => lines[3 * at + line]![2 * part + clock]!
    return {
      base: [of(0, 0), of(2, 0)],
      control: [of(1, 1)],
      head: [of(0, column), of(1, column), of(2, column)],
    }
  })
  return gateOfNow(rounds.values(), TERMS)
}
