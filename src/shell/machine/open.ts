import * as fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseCpus, idleSiblings } from '../../core/machine/cpu-choice.ts'
import { shapeFingerprint } from '../../core/machine/fingerprint.ts'
import { findNoise } from '../../core/machine/noise.ts'
import { describeHolder, readHolder } from '../host/holder.ts'
import { settingsUnder } from '../host/settings.ts'
import { readTopology } from '../host/topology.ts'
import type { LogPort, MachinePort, ToolPort } from '../ports/ports.ts'
import { tools as realTools } from '../tools/tools.ts'
import { readMachineFacts } from './facts.ts'
import { type HostPatience, holdMachine, PATIENCE } from './hold.ts'
import { findHostAccess, type HostAccess } from './host-access.ts'
import { takeTurn } from './turn.ts'
import { readVitals } from './vitals.ts'

/** What tests replace: the root folder, the tools, the way to the host process, and how long it is waited for. */
export interface MachineParts {
  readonly root: string
  readonly tools: ToolPort
  readonly access: HostAccess
  readonly patience: HostPatience
}

/** Another root is another machine; so is what PERF_VERDICT_LOCK names, so that tests need not wait for each other. */
function lockName(root: string): string {
  return `perf-verdict ${process.env.PERF_VERDICT_LOCK || 'machine'} ${root}`.slice(0, 100)
}

/** Two looks so far apart show what is busy, in ticks of 10 ms. */
const LOOK_MILLISECONDS = 250

/** This machine. A hold is released through `ways` too, if nobody releases it before. */
export function openMachine(
  log: LogPort,
  ways: { add(undo: () => Promise<unknown>): unknown },
  parts: Partial<MachineParts> = {},
): MachinePort {
  const { root = '/', tools = realTools, access = findHostAccess(), patience = PATIENCE } = parts
  let holding = false
  return {
    fingerprint: async () => shapeFingerprint(await readMachineFacts(root, tools)),
    hold: async (tune, cpus) => {
      const turn = await takeTurn({ name: lockName(root), log, patienceSeconds: patience.wait })
      ways.add(turn.end)
      const topology = readTopology(settingsUnder(root, fs))
      const asked = cpus === undefined ? {} : { cpus: { count: cpus, choice: chooseCpus(topology, cpus) } }
      const hold = await holdMachine({ tune, access, log, patience, ...asked }).catch(
        async (error: unknown) => {
          await turn.end()
          throw error
        },
      )
      ways.add(hold.release)
      holding = true
      const release = async () => {
        const knobs = await hold.release()
        // Only now: what was set must not change while the next one measures.
        await turn.end()
        holding = false
        return knobs
      }
      const gaps = [...(turn.gap ? [turn.gap] : []), ...hold.gaps]
      return { ...hold, gaps, release }
    },
    noise: async cpus => {
      const choice = chooseCpus(readTopology(settingsUnder(root, fs)), cpus)
      const before = readVitals(root)
      await sleep(LOOK_MILLISECONDS)
      const holder = holding ? undefined : readHolder(root, fs)
      return findNoise(before, readVitals(root), {
        chosen: choice.chosen,
        siblings: idleSiblings(choice),
        ...(holder === undefined ? {} : { holder: describeHolder(holder) }),
      })
    },
  }
}
