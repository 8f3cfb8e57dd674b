import { budgets } from './decision/budget.ts'
import { option, say } from './decision/gates.ts'
import { machines, runs } from './decision/machines.ts'
import { replay } from './decision/replay.ts'
import { shapes } from './decision/shapes.ts'

/**
 * How the gate decides, beside how version 0.1 did, from one run and with fixed seeds: error rates and runs on simulated machines, heads
 * with noise of another shape, and recorded rounds of real programs. Options: --gates=N a cell, --shape-gates=N, --recordings=FOLDER
 * with files of the same columns.
 */
const gates = option('gates', 150)
const folder = process.argv
  .find(argument => argument.startsWith('--recordings='))
  ?.slice('--recordings='.length)

machines(gates)
runs(gates)
budgets()
shapes(option('shape-gates', 1000))
replay(folder ?? '__tests__/fixtures/recordings')
say('')
