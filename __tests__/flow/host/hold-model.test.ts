import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hold } from '../../../src/flow/host/hold.ts'
import { recover } from '../../../src/flow/host/recover.ts'
import { testPorts } from '../../doubles/host-ports.ts'
import { buildMachine, type FakeMachine } from '../../doubles/machine.ts'
import { Death, type Fate, mortalFiles } from '../../doubles/mortal-files.ts'
import { cases, PATIENCE } from '../../doubles/soak.ts'

/** What every setting should be once nobody holds the machine and nothing waits to be put back. */
interface Model {
  owned: Record<string, string>
}

interface Real {
  readonly machine: FakeMachine
  readonly defaults: Readonly<Record<string, string>>
  readonly tally: Record<string, number>
}

type Command = fc.AsyncCommand<Model, Real>

const SWAPPINESS = '/proc/sys/vm/swappiness'
const THP = '/sys/kernel/mm/transparent_hugepage/enabled'
const IRQ = '/proc/irq/25/smp_affinity_list'

/** Values that perf-verdict never sets by itself here, so that they can be told from its own. */
const outside = fc.constantFrom<[string, string]>(
  [SWAPPINESS, '7'],
  [SWAPPINESS, '60'],
  [SWAPPINESS, '0'],
  [THP, 'never'],
  [THP, 'always'],
  [IRQ, '1'],
  ['/proc/sys/vm/stat_interval', '300'],
)

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    toString: () => name,
    run: async (model, real) => {
      const [kind] = name.split(' ')
      real.tally[kind!] = (real.tally[kind!] ?? 0) + 1
      await run(model, real)
    },
  }
}

/** A whole hold that may die at one call; whether it did is all the same to the model. */
async function holdWith(machine: FakeMachine, fate?: Fate, whenReady?: () => void): Promise<void> {
  machine.closeDevices()
  const files = mortalFiles(fate)
  const { ports } = testPorts(machine.root, { files, ...(whenReady ? { whenReady } : {}) })
  await hold({ kind: 'auto' }, ports).catch(() => {})
}

function expectRestored(model: Model, { machine }: Real): void {
  recover(testPorts(machine.root).ports)
  expect(machine.snapshot()).toEqual(model.owned)
}

const call = fc.integer({ min: 1, max: 210 })
const how = fc.constantFrom<'die-before' | 'die-after'>('die-before', 'die-after')

const commands = [
  fc.constant(
    command('hold', async (model, real) => {
      await holdWith(real.machine)
      expect(real.machine.snapshot()).toEqual(model.owned)
    }),
  ),
  fc
    .tuple(call, how)
    .map(([at, death]) =>
      command(`kill ${at} ${death}`, async (_, real) => holdWith(real.machine, { at, how: death })),
    ),
  fc.tuple(fc.integer({ min: 1, max: 90 }), how).map(([at, death]) =>
    command(`kill-recovery ${at} ${death}`, async (_, real) => {
      try {
        recover(testPorts(real.machine.root, { files: mortalFiles({ at, how: death }) }).ports)
      } catch (error) {
        expect(error).toBeInstanceOf(Death)
      }
    }),
  ),
  fc.constant(command('recover', async (model, real) => expectRestored(model, real))),
  fc.constant(
    command('reboot', async (model, real) => {
      real.machine.reboot()
      model.owned = { ...real.defaults }
    }),
  ),
  outside.map(([path, value]) =>
    command(`change ${path} ${value}`, async (model, real) => {
      real.machine.write(path, value)
      model.owned[path] = value
    }),
  ),
  fc.tuple(outside, call, how).map(([[path, value], at, death]) =>
    command(`change-held ${path} ${value} ${at} ${death}`, async (model, real) => {
      const change = () => {
        real.machine.write(path, value)
        model.owned[path] = value
      }
      await holdWith(real.machine, { at: at + 100, how: death }, change)
    }),
  ),
]

test(
  'whatever is killed, booted or changed from outside in whatever order, the machine ends as its owner wants it',
  async () => {
    const tally: Record<string, number> = {}
    const runs = cases(2_000)
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 14, size: 'max' }), async given => {
        const machine = buildMachine('vm')
        try {
          const defaults = machine.snapshot()
          const model = { owned: { ...defaults } }
          const real = { machine, defaults, tally }
          await fc.asyncModelRun(() => ({ model, real }), given)
          expectRestored(model, real)
        } finally {
          machine.end()
        }
      }),
      runs,
    )
    console.info(`model of the hold: ${runs.numRuns} histories, ${JSON.stringify(tally)}`)
    expect(Object.keys(tally).length).toBe(commands.length)
  },
  PATIENCE,
)
