import { budgets } from './decision/budget.ts'
import { option, say } from './decision/gates.ts'
import { machines, runs } from './decision/machines.ts'
import { replay } from './decision/replay.ts'
import { shapes } from './decision/shapes.ts'
import { sizes } from './decision/sizes.ts'

/**
 * How the gate decides, compared with version 0.1, from one run and with fixed seeds: error rates and runs on simulated machines, heads
 * with noise of another shape, and recorded rounds of real programs. Options: --gates=N a cell, --shape-gates=N, --recordings=FOLDER
 * with files of the same columns, --parts=machines,runs,budgets,shapes,replay,sizes.
 */
const gates = option('gates', 150)
const folder = process.argv
  .find(argument => argument.startsWith('--recordings='))
  ?.slice('--recordings='.length)

const RECORDINGS = '__tests__/fixtures/recordings'
const parts = {
  machines: () => machines(gates),
  // A ratio of means over six machines: with fewer gates it wanders by a few hundredths.
  runs: () => runs(Math.max(gates, 600)),
  budgets,
  shapes: () => shapes(option('shape-gates', 1000)),
  replay: () => replay(folder ?? RECORDINGS),
  sizes: () => sizes(folder ?? RECORDINGS),
}
const asked = process.argv.find(argument => argument.startsWith('--parts='))?.slice('--parts='.length)
for (const [name, part] of Object.entries(parts)) if (asked?.split(',').includes(name) ?? true) part()
say('')
