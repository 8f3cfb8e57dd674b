import type { CpuChoice } from '../machine/cpu-choice.ts'
import type { Result } from '../model/result.ts'
import type { KnobState } from './knob-state.ts'

/** Everything about the machine that the doctor's advice is made of. */
export interface MachineState {
  readonly knobs: readonly KnobState[]
  readonly choice: CpuChoice
  /** How the host process is reached, or why it is not. */
  readonly access: Result<'root' | 'sudo', string>
  readonly noise: readonly string[]
  readonly online: readonly number[]
  /** Whether two threads share a core anywhere. */
  readonly smt: boolean
  /** The kernel's command line. */
  readonly cmdline: string
  /** Whether a hypervisor is underneath. */
  readonly virtual: boolean
  /** The user that works here, for commands that name one. */
  readonly user: string
  /** The path of perf, if it is installed. */
  readonly perf?: string
}

/** One piece of advice: what is so and what it costs, the command that changes it, and where that is documented. */
export interface Advice {
  readonly says: string
  readonly command?: string
  readonly source: string
}
