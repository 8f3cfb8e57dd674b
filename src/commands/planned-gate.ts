import { reachFaults } from '../core/decision/decide.ts'
import type { CpuCount } from '../core/machine/cpu-choice.ts'
import { parseCpuList } from '../core/machine/cpu-list.ts'
import { InputError } from '../core/model/errors.ts'
import { MOST_ROUNDS } from '../flow/measure/measure-all.ts'
import type { GateContext } from '../flow/run/gate-context.ts'
import type { PlannedGate } from '../report/terminal/plan.ts'

/** The plan of a prepared gate, for `--dry-run`. Throws an InputError when it could never fail the check. */
export function planOf(context: GateContext, out: string, remarks: readonly string[]): PlannedGate {
  const { history, plan, ports } = context
  const { settings, benchmarks, tableRows, notes, gateChanges } = plan
  const faults = reachFaults({ alpha: settings.alpha, rows: tableRows }, MOST_ROUNDS)
  if (faults.length > 0) throw new InputError(faults)
  const { tune, build, layouts } = settings
  return {
    base: history.base,
    head: history.head,
    ...(build === undefined ? {} : { build }),
    buildTimeoutSeconds: settings.buildTimeoutSeconds,
    budgetSeconds: settings.budgetSeconds,
    ...(layouts === 'off' ? {} : { layoutBudgetSeconds: settings.layoutBudgetSeconds }),
    benchmarks,
    isolation: `${ports.sandbox.isolation}; network for ${ports.sandbox.network}`,
    tune: typeof tune === 'string' ? tune : tune.join(', '),
    out,
    notes: [
      ...fewerCpus(settings.cpus, context.machine.cpus),
      ...notes,
      ...gateChanges,
      ...remarks,
      ...context.limitations.map(({ what, instead }) => `${what} ${instead}`),
    ],
  }
}

/** What a machine with fewer CPUs than were asked for will do. */
function fewerCpus(asked: CpuCount | undefined, online: string | undefined): readonly string[] {
  const there = parseCpuList(online ?? '')?.length ?? 0
  if (asked === undefined || asked === 'all' || there === 0 || asked <= there) return []
  return [
    `The option cpus asks for ${asked} CPUs, and this machine has ${there}, so that benchmarks would get ${there}; ask for fewer, or use a larger machine.`,
  ]
}
