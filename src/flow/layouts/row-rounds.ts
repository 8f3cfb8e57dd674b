import {
  canBeAnswered,
  type Family,
  isAnswered,
  isNotSlower,
  roundsToAnswer,
} from '../../core/decision/decide.ts'
import type { RoundsEnded } from '../../core/decision/ending.ts'
import type { Round } from '../../core/decision/rounds.ts'
import { type JudgedEffect, summarizeRounds } from '../../core/decision/rounds-summary.ts'
import { roundOrders } from '../../core/decision/schedule.ts'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { seedOf } from '../../core/statistics/random.ts'
import { addressesIn } from '../../shell/files/elf-file.ts'
import { isElf } from '../trees/files-used.ts'
import { removeFiles } from './files.ts'
import { runLayout } from './measure.ts'
import type { OpenTrial } from './open-trial.ts'

/** The rounds of one row, and why there are no more of them. */
export interface RowRounds {
  readonly rounds: readonly Round[]
  readonly linker: string
  /** Rounds that were left out because a run of them failed. */
  readonly lostRounds: number
  readonly ended?: RoundsEnded
}

/** Runs that failed, or printed something else than the default layout does, before a row is given up. */
const MOST_FAULTS = 3

/** Rounds until the row has its answer, or its time is over. */
export async function roundsOf(
  open: OpenTrial,
  effect: JudgedEffect,
  family: Family,
): Promise<Result<RowRounds, LayoutFault>> {
  const { request, ports, linker } = open
  const orders = roundOrders(request.seed)
  const rounds: Round[] = []
  const until = open.startedAt + request.budgetSeconds
  let [faults, drawn, seconds] = [0, 0, 0]
  let notSlowerAt: number | undefined
  const first = await differing(open)
  if (first !== undefined) return failed(first)
  for (;;) {
    const started = ports.clock.now()
    const round: Record<'base' | 'head' | 'control', number[]> = { base: [], head: [], control: [] }
    let whole = true
    for (const part of orders.next().value) {
      const value = await runInFreshLayout(open, part === 'head' ? 'head' : 'base', ++drawn)
      if (!value.ok) return value
      if (value.value === undefined) {
        whole = false
        break
      }
      round[part].push(value.value)
    }
    if (whole) rounds.push(round)
    else if (++faults >= MOST_FAULTS) return failed({ kind: 'layouts-fail' })
    seconds = Math.max(seconds, ports.clock.now() - started)
    const judged = { ...effect, lostRounds: faults }
    const found = { rounds, linker, lostRounds: faults }
    const summary = summarizeRounds(rounds, judged, family.alpha)
    if (isNotSlower(summary, family)) notSlowerAt ??= rounds.length
    const since = rounds.length - (notSlowerAt ?? rounds.length)
    if (rounds.length >= roundsToAnswer(family, faults) && isAnswered(summary, family, since))
      return success(found)
    const left = until - ports.clock.now()
    const budget = { of: 'layouts', seconds: request.budgetSeconds } as const
    if (left < seconds) return success({ ...found, ended: { rule: 'budget-over', budget } })
    const more = Math.floor(left / seconds)
    if (!canBeAnswered(rounds, more, judged, family))
      return success({ ...found, ended: { rule: 'hopeless', budget, rounds: more } })
  }
}

/** Two layouts of each side must differ, or every run would be in the same one. */
async function differing(open: OpenTrial): Promise<LayoutFault | undefined> {
  for (const side of ['base', 'head'] as const) {
    const seen = new Set<string>()
    for (const nth of [-1, -2]) {
      const files = await open.make[side]({ kind: 'random', seed: seedFor(open, nth) })
      if (!files.ok) return files.fault
      seen.add(JSON.stringify([...addressesIn(files.value.filter(isElf))]))
      await drop(open, side, files.value)
    }
    if (seen.size < 2) return { kind: 'layouts-equal', side, linker: open.linker }
  }
  return undefined
}

async function runInFreshLayout(
  open: OpenTrial,
  side: 'base' | 'head',
  nth: number,
): Promise<Result<number | undefined, LayoutFault>> {
  const files = await open.make[side]({ kind: 'random', seed: seedFor(open, nth) })
  if (!files.ok) return files
  const value = await runLayout({ files: { [side]: files.value } }, side, open)
  await drop(open, side, files.value)
  return success(value)
}

/** A layout is run once and not kept: thousands of them would fill the disk. */
function drop({ setup, ports }: OpenTrial, side: 'base' | 'head', files: readonly string[]): Promise<void> {
  return removeFiles(files, { sandbox: ports.sandbox, tree: setup.sides[side].tree })
}

/** Linkers take 0 as "draw your own", and 1 is the probe's. */
const seedFor = ({ request }: OpenTrial, nth: number): number =>
  2 + (seedOf(request.seed, nth) % (2 ** 31 - 2))
